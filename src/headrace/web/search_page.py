"""What the search page shows: what was asked, what was found, and ways to narrow it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

import orjson

from headrace.web.pagination import make_links
from headrace.web.parameters import SearchParameters
from headrace.web.query.entity import find_name
from headrace.web.query.entity_search import (
    Facet,
    Found,
    count_datasets,
    count_organisations,
    read_documents,
)
from headrace.web.query.vocabulary import read_vocabulary
from headrace.web.shelf import Reader
from headrace.web.wording import name_field

ADDRESS: Final = "/entity/"
_FACETS: Final = 12
_PAGING: Final = ("limit", "offset")
_PERIODS: Final = (("", "All"), ("current", "Current"), ("historical", "Ended"))


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A way to narrow the search.

    Attributes:
        name: what is read.
        address: where it leads.
        count: how many it would leave; None where that is not counted.
        is_chosen: whether the search is that narrow already.
    """

    name: str
    address: str
    count: int | None = None
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """One entity found."""

    entity: int
    title: str
    dataset_name: str
    reference: str
    organisation: str | None
    end_date: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What the search page shows.

    Attributes:
        words: what was typed.
        hidden: parameters that the search box keeps.
        count, first, last: how many were found, and which of them are on the page.
        chosen: parameters that narrow the search, each with the address without it.
        datasets, organisations, periods: ways to narrow it further.
        results: what was found.
        links: addresses of other pages.
        json_address, geojson_address: the same search as data.
    """

    words: str
    hidden: tuple[tuple[str, str], ...]
    count: int
    first: int
    last: int
    chosen: tuple[Narrowing, ...]
    datasets: tuple[Narrowing, ...]
    organisations: tuple[Narrowing, ...]
    periods: tuple[Narrowing, ...]
    results: tuple[Result, ...]
    links: dict[str, str]
    json_address: str
    geojson_address: str


def describe_search(
    reader: Reader, wanted: SearchParameters, parameters: Sequence[tuple[str, str]], found: Found
) -> SearchPage:
    """The page of a search; `parameters` are those of the request, in order."""
    kept = [(name, value) for name, value in parameters if value and name not in _PAGING]
    names = read_vocabulary(reader).datasets
    period = wanted.period[0].value if len(wanted.period) == 1 else ""
    return SearchPage(
        words=wanted.q or "",
        hidden=tuple((name, value) for name, value in kept if name != "q"),
        count=found.count,
        first=wanted.offset + 1,
        last=wanted.offset + len(found.entities),
        chosen=tuple(
            Narrowing(f"{name_field(name)}: {_name_value(reader, names, name, value)}", _address_without(kept, place))
            for place, (name, value) in enumerate(kept)
            if name != "q"
        ),
        datasets=_narrow(kept, "dataset", count_datasets(reader, found.criteria, _FACETS), wanted.dataset),
        organisations=_narrow(
            kept,
            "organisation_entity",
            count_organisations(reader, found.criteria, _FACETS),
            [str(number) for number in wanted.organisation_entity],
        ),
        periods=tuple(
            Narrowing(name, _address_with(kept, "period", value), None, period == value) for value, name in _PERIODS
        ),
        results=_list_results(reader, names, found.entities),
        links=make_links(ADDRESS, parameters, found.count, wanted.limit, wanted.offset),
        json_address=f"/entity.json?{urlencode(kept)}".rstrip("?"),
        geojson_address=f"/entity.geojson?{urlencode(kept)}".rstrip("?"),
    )


def _narrow(
    kept: Sequence[tuple[str, str]], name: str, facets: Sequence[Facet], chosen: Sequence[str]
) -> tuple[Narrowing, ...]:
    return tuple(
        Narrowing(facet.name, _address_with(kept, name, facet.value), facet.count)
        for facet in facets
        if facet.value not in chosen
    )


def _address_with(kept: Sequence[tuple[str, str]], name: str, value: str) -> str:
    rest = [(other, text) for other, text in kept if other != name]
    return f"{ADDRESS}?{urlencode([*rest, (name, value)] if value else rest)}".rstrip("?")


def _address_without(kept: Sequence[tuple[str, str]], place: int) -> str:
    return f"{ADDRESS}?{urlencode([*kept[:place], *kept[place + 1 :]])}".rstrip("?")


def _name_value(reader: Reader, names: dict[str, str], name: str, value: str) -> str:
    if name == "dataset":
        return names.get(value, value)
    if name == "organisation_entity":
        return find_name(reader, int(value)) or value
    return value if len(value) < 60 else f"{value[:57]}…"


def _list_results(reader: Reader, names: dict[str, str], entities: Sequence[int]) -> tuple[Result, ...]:
    results = []
    for document in map(orjson.loads, read_documents(reader, entities)):
        organisation = document["organisation-entity"]
        results.append(
            Result(
                entity=document["entity"],
                title=document["name"] or document["reference"] or f"Entity {document['entity']}",
                dataset_name=names.get(document["dataset"], document["dataset"]),
                reference=document["reference"],
                organisation=find_name(reader, organisation) if isinstance(organisation, int) else None,
                end_date=document["end-date"],
            )
        )
    return tuple(results)
