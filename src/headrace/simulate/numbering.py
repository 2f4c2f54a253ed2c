"""Which entity number belongs to which reference, and to whom: most have one, and some still wait."""

from collections.abc import Iterator
from typing import Final

from headrace.simulate.edition import NATIONAL_CODE, as_told, told_areas
from headrace.simulate.publishers import PUBLISHERS, Publisher, find_publisher
from headrace.simulate.registers import BROWNFIELD_LAND, CONSERVATION_AREA, make_areas, make_sites

FIRST_ENTITY: Final = {BROWNFIELD_LAND: 1_700_000, CONSERVATION_AREA: 44_000_000}
"""Where the numbers of each dataset begin."""

RANGE: Final = 1000
"""How many numbers each organisation has of its own."""

WAITING: Final = 9
"""Every so manieth reference has no number yet."""


def owned_ranges(dataset: str) -> Iterator[tuple[Publisher, int, int]]:
    """Each planning authority with the first and the last of its entity numbers."""
    for place, publisher in enumerate(PUBLISHERS):
        if publisher.kind:
            low = FIRST_ENTITY[dataset] + place * RANGE
            yield publisher, low, low + RANGE - 1


def number_references(dataset: str, seed: int) -> Iterator[tuple[str, str, int]]:
    """Organisation, reference and entity number of everything that was known before the first day."""
    for publisher, low, _ in owned_ranges(dataset):
        for place, reference in enumerate(_references(dataset, seed, publisher), 1):
            if place % WAITING:
                yield publisher.organisation, reference, low + place
    if dataset == CONSERVATION_AREA:
        yield from _number_national_list(seed)


def _references(dataset: str, seed: int, publisher: Publisher) -> list[str]:
    if dataset == BROWNFIELD_LAND:
        return [site.reference for site in make_sites(seed, publisher)]
    return [area.reference for area in make_areas(seed, publisher)]


def _number_national_list(seed: int) -> Iterator[tuple[str, str, int]]:
    """The national list's own references, which mean the same areas as those of the councils."""
    numbers = {
        (organisation, reference): entity
        for publisher, low, _ in owned_ranges(CONSERVATION_AREA)
        for organisation, reference, entity in (
            (publisher.organisation, area.reference, low + place)
            for place, area in enumerate(make_areas(seed, publisher), 1)
        )
    }
    national = find_publisher(NATIONAL_CODE).organisation
    for place, (publisher, area) in enumerate(told_areas(seed)):
        yield national, as_told(place, area).reference, numbers[publisher.organisation, area.reference]
