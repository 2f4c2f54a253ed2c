"""What a publisher knows on a day, ready to be written into a file."""

from dataclasses import dataclass, replace
from random import Random
from typing import Final

from headrace.simulate.chance import draw
from headrace.simulate.publishers import PUBLISHERS, Publisher
from headrace.simulate.registers import (
    Area,
    Site,
    areas_of_second_day,
    make_areas,
    make_sites,
    sites_of_second_day,
)

DAYS: Final = ("2026-11-02", "2026-11-03")
"""The two days that this England lives through, ISO."""

NATIONAL_CODE: Final = "NHV"
"""The publisher that holds the conservation areas of several councils, as it was told of them."""

NATIONAL_OF: Final = ("ALD", "BKF", "DHT", "OSY")
"""The councils that told it."""

NO_DATA_NAME: Final = "No data available for publication"
"""What the national list says in place of a council that told it nothing."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What is written, and on what day.

    Attributes:
        publisher: whose it is.
        sites: its brownfield sites.
        areas: its conservation areas.
        day: ISO date.
        random: where slips befall the rows; the same for every writing of the same publication.
    """

    publisher: Publisher
    sites: tuple[Site, ...]
    areas: tuple[Area, ...]
    day: str
    random: Random


def make_edition(seed: int, publisher: Publisher, path: str, day: int, *, changes: bool) -> Edition:
    """What the publisher knows on day 1 or 2; only one whose publication `changes` does any work in between."""
    sites, areas = make_sites(seed, publisher), known_areas(seed, publisher)
    today = DAYS[day - 1]
    if changes and day > 1:
        sites, areas = sites_of_second_day(sites, today), areas_of_second_day(areas, today)
    return Edition(publisher, sites, areas, today, draw(seed, path))


def known_areas(seed: int, publisher: Publisher) -> tuple[Area, ...]:
    """The conservation areas that a publisher holds on the first day."""
    if publisher.code != NATIONAL_CODE:
        return make_areas(seed, publisher)
    lost = replace(make_areas(seed, PUBLISHERS[0])[0], reference="0", name=NO_DATA_NAME)
    return (*(as_told(number, area) for number, (_, area) in enumerate(told_areas(seed))), lost)


def told_areas(seed: int) -> tuple[tuple[Publisher, Area], ...]:
    """The areas that councils told the national list of, in its order."""
    tellers = (publisher for publisher in PUBLISHERS if publisher.code in NATIONAL_OF)
    return tuple((publisher, area) for publisher in tellers for area in make_areas(seed, publisher))


def as_told(number: int, area: Area) -> Area:
    """An area as the national list has it: under a number of its own, redrawn a few metres off, its page forgotten."""
    ring = tuple((easting + 4, northing - 3) for easting, northing in area.ring)
    return replace(area, reference=str(5000 + number), ring=ring, documentation_url="", notes="")
