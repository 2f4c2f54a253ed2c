"""What the councils know: brownfield sites and conservation areas, made from a seed and the same for ever."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import cos, pi, sin
from random import Random
from typing import Final

from headrace.simulate.chance import draw
from headrace.simulate.position import Place
from headrace.simulate.publishers import Publisher

BROWNFIELD_LAND: Final = "brownfield-land"
CONSERVATION_AREA: Final = "conservation-area"

STREETS: Final = (
    "Alder",
    "Bakehouse",
    "Chapel",
    "Dye Works",
    "Eel Pie",
    "Foundry",
    "Gasworks",
    "Hopfield",
    "Ironbridge",
)
STREETS_TOO: Final = (
    "Jubilee",
    "Kiln",
    "Lock",
    "Malthouse",
    "Nursery",
    "Orchard",
    "Pound",
    "Quay",
    "Ropewalk",
    "Station",
)
WAYS: Final = ("Lane", "Road", "Street", "Way", "Yard")
WAS: Final = ("Former dairy", "Disused depot", "Old fire station", "Former St Mary’s school", "Garage court", "Mill")
WAS_TOO: Final = (
    "Car park behind the Café Royal",
    "Telephone exchange",
    "Goods yard",
    "Land and buildings",
    "Pumping house",
)
QUARTERS: Final = ("Cross", "Green", "Quarter", "Street", "Village", "Wharf")
NOTES: Final = (
    "",
    "",
    "Access from the north only.",
    "Within flood zone 2; a sequential test – if needed – has been passed.",
    "Remediation estimated at £1.2m.",
    "Adjoins a listed wall, see the “Old Mill” appraisal.",
)
OWNERSHIP: Final = (
    "not owned by a public authority",
    "owned by a public authority",
    "mixed ownership",
    "unknown ownership",
)
PERMISSIONS: Final = ("full planning permission", "outline planning permission", "permission in principle", "other")


@dataclass(frozen=True, slots=True)
class Site:
    """One brownfield site.

    Attributes:
        reference: the council's own.
        address: in one line.
        place: a point near its middle.
        hectares: area, to two places.
        ownership, planning_status, permission_type: as the standard words them; "" for none.
        permission_on, first_added_on, last_updated_on: ISO dates; "" for none.
        dwellings_from, dwellings_to: how many homes it may hold.
        deliverable, hazardous: as the council judges.
        description, notes: text.
    """

    reference: str
    address: str
    place: Place
    hectares: str
    ownership: str
    planning_status: str
    permission_type: str
    permission_on: str
    first_added_on: str
    last_updated_on: str
    dwellings_from: int
    dwellings_to: int
    deliverable: bool
    hazardous: bool
    description: str
    notes: str


@dataclass(frozen=True, slots=True)
class Area:
    """One conservation area.

    Attributes:
        reference: the council's own.
        name: of the area.
        designated_on, updated_on: ISO dates.
        documentation_url: page about it.
        ring: its boundary, closed: the first place is also the last.
        notes: text.
    """

    reference: str
    name: str
    designated_on: str
    updated_on: str
    documentation_url: str
    ring: tuple[Place, ...]
    notes: str


def make_sites(seed: int, publisher: Publisher) -> tuple[Site, ...]:
    """The brownfield register of a council: 12 to 40 sites."""
    random = draw(seed, f"{publisher.code} {BROWNFIELD_LAND}")
    return tuple(_make_site(random, publisher, number) for number in range(1, random.randint(12, 40) + 1))


def make_areas(seed: int, publisher: Publisher) -> tuple[Area, ...]:
    """The conservation areas of a council: 6 to 18."""
    random = draw(seed, f"{publisher.code} {CONSERVATION_AREA}")
    return tuple(_make_area(random, publisher, number) for number in range(1, random.randint(6, 18) + 1))


def sites_of_second_day(sites: Sequence[Site], today: str) -> tuple[Site, ...]:
    """The register after a day's work: one site corrected, one removed, one added."""
    first, *middle, last = sites
    corrected = replace(first, hectares=f"{float(first.hectares) + 0.25:.2f}", last_updated_on=today)
    added = replace(
        last,
        reference=f"{last.reference}A",
        address=f"Phase two of {last.address}",
        place=(last.place[0] + 60, last.place[1] - 40),
        first_added_on=today,
        last_updated_on=today,
    )
    return (corrected, *middle[1:], last, added)


def areas_of_second_day(areas: Sequence[Area], today: str) -> tuple[Area, ...]:
    """The conservation areas after a day's work: one renamed, one removed, one added."""
    first, *middle, last = areas
    renamed = replace(first, name=f"{first.name} and Church Hill", updated_on=today)
    ring = tuple((easting + 900, northing + 900) for easting, northing in last.ring)
    added = replace(last, reference=f"{last.reference}N", name=f"{last.name} North", ring=ring, updated_on=today)
    return (renamed, *middle[1:], last, added)


def _make_site(random: Random, publisher: Publisher, number: int) -> Site:
    was = random.choice(WAS + WAS_TOO)
    street = f"{random.choice(STREETS + STREETS_TOO)} {random.choice(WAYS)}"
    town = publisher.slug.replace("-", " ").title()
    permissioned = random.random() < 0.55
    added = date(2017, 12, 1) + timedelta(days=random.randrange(2400))
    updated = added + timedelta(days=random.randrange(700))
    dwellings = random.randint(5, 180)
    return Site(
        reference=publisher.reference_pattern.format(number),
        address=f"{was}, {random.randint(1, 240)} {street}, {town}",
        place=_scatter(random, publisher, 5000),
        hectares=f"{random.randint(8, 640) / 100:.2f}",
        ownership=random.choice(OWNERSHIP),
        planning_status="permissioned" if permissioned else random.choice(("not permissioned", "pending decision")),
        permission_type=random.choice(PERMISSIONS) if permissioned else "",
        permission_on=(added - timedelta(days=random.randrange(30, 900))).isoformat() if permissioned else "",
        first_added_on=added.isoformat(),
        last_updated_on=updated.isoformat(),
        dwellings_from=dwellings,
        dwellings_to=dwellings + random.choice((0, 0, 5, 20)),
        deliverable=random.random() < 0.6,
        hazardous=random.random() < 0.05,
        description=f"{was} with {random.choice(('hardstanding', 'two sheds', 'a brick building of 1932'))}",
        notes=random.choice(NOTES),
    )


def _make_area(random: Random, publisher: Publisher, number: int) -> Area:
    name = f"{random.choice(STREETS + STREETS_TOO)} {random.choice(QUARTERS)}"
    designated = date(1968, 1, 1) + timedelta(days=random.randrange(18000))
    return Area(
        reference=f"CA{number:02d}",
        name=name,
        designated_on=designated.isoformat(),
        updated_on=(date(2022, 1, 10) + timedelta(days=random.randrange(1200))).isoformat(),
        documentation_url=f"{publisher.website}/conservation-areas/{name.lower().replace(' ', '-')}-{number}",
        ring=_make_ring(random, _scatter(random, publisher, 6000)),
        notes=random.choice(NOTES),
    )


def _scatter(random: Random, publisher: Publisher, metres: int) -> Place:
    """A place in the council's area."""
    return (
        publisher.easting + random.randint(-metres, metres),
        publisher.northing + random.randint(-metres, metres),
    )


def _make_ring(random: Random, middle: Place) -> tuple[Place, ...]:
    """A ragged boundary around a place that never crosses itself: each corner lies further round than the last."""
    corners = random.randint(8, 16)
    ring = []
    for corner in range(corners):
        angle, metres = 2 * pi * corner / corners, random.randint(120, 420)
        ring.append((middle[0] + round(metres * cos(angle)), middle[1] + round(metres * sin(angle))))
    return (*ring, ring[0])
