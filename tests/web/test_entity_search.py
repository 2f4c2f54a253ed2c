"""Searching for entities over HTTP."""

import csv
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import httpx2
import pytest

CASES = Path(__file__).parent.parent / "cases"


def read_cases(name: str) -> list[dict[str, str]]:
    with (CASES / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def search(web: httpx2.Client, query: str, extension: str = ".json") -> httpx2.Response:
    return web.get(f"/entity{extension}", params=parse_qsl(query, keep_blank_values=True))


@pytest.mark.parametrize("case", read_cases("search.csv"), ids=lambda case: case["fact"])
def test_search_finds(web: httpx2.Client, case: dict[str, str]) -> None:
    """Each case of search.csv finds the entities it says, in order of number unless words are searched."""
    found = search(web, case["query"]).raise_for_status().json()

    numbers = [entity["entity"] for entity in found["entities"]]
    assert [int(number) for number in case["entities"].split()] == (
        sorted(numbers) if "q=" in case["query"] else numbers
    )


@pytest.mark.parametrize("case", read_cases("search-refused.csv"), ids=lambda case: case["fact"])
def test_search_refuses(web: httpx2.Client, case: dict[str, str]) -> None:
    """Each case of search-refused.csv is answered 422, naming the parameter and what may have been meant."""
    answer = search(web, case["query"])

    assert answer.status_code == 422
    faults = answer.json()["errors"]
    assert (case["parameter"], case["suggestion"]) in {
        (fault["parameter"], fault.get("suggestion", "")) for fault in faults
    }


def test_documents_have_the_shape_of_the_existing_api(web: httpx2.Client) -> None:
    """An entity is a flat object: the fields of every entity in their order, then its own; nothing is null."""
    entity = search(web, "entity=1700001").json()["entities"][0]

    assert entity == {
        "entry-date": "2022-12-31",
        "start-date": "2018-04-01",
        "end-date": "",
        "entity": 1700001,
        "name": "Former tannery",
        "dataset": "brownfield-land",
        "typology": "geography",
        "reference": "BL/001",
        "prefix": "brownfield-land",
        "organisation-entity": 902,
        "geometry": "",
        "point": "POINT (-1.281000 52.009000)",
        "quality": "authoritative",
        "hectares": "0.84",
        "site-address": "Tanners Lane, Weirford",
        "site-plan-url": "https://weirford.example/plans/1.pdf",
    }
    assert list(entity)[:4] == ["entry-date", "start-date", "end-date", "entity"]


def test_count_is_of_all_pages(web: httpx2.Client) -> None:
    """`count` does not depend on the page."""
    assert 10 == search(web, "limit=3&offset=9").json()["count"]


def follow(web: httpx2.Client, address: str) -> list[Any]:
    numbers: list[Any] = []
    while address:
        page = web.get(address).json()
        numbers += [entity["entity"] for entity in page["entities"]]
        address = page["links"].get("next", "")
    return numbers


@pytest.mark.parametrize("limit", [1, 3, 5, 9])
def test_next_links_lead_through_everything_once(web: httpx2.Client, limit: int) -> None:
    """Following `next` from `first` meets every entity once, in order."""
    everything = [entity["entity"] for entity in search(web, "limit=500").json()["entities"]]

    assert everything == follow(web, f"/entity.json?limit={limit}")


def test_last_page_is_never_empty(web: httpx2.Client) -> None:
    """`last` has something on it even when the count is a multiple of the limit."""
    links = search(web, "limit=5").json()["links"]

    assert 5 == len(web.get(links["last"]).json()["entities"])


def test_no_links_when_one_page_holds_all(web: httpx2.Client) -> None:
    """`links` is empty when there is nothing to page through."""
    assert {} == search(web, "limit=10").json()["links"]


def test_links_keep_the_search(web: httpx2.Client) -> None:
    """Links are absolute and repeat every parameter, repeated ones too."""
    links = search(web, "dataset=tree&dataset=brownfield-land&limit=2").json()["links"]

    assert f"{web.base_url}/entity.json?dataset=tree&dataset=brownfield-land&limit=2&offset=2" == links["next"]


@pytest.mark.parametrize("field", ["start-date,name", "start_date,name", "name, start-date"])
def test_field_chooses(web: httpx2.Client, field: str) -> None:
    """`field` takes commas and both spellings; the number of the entity is always told."""
    entity = search(web, f"entity=1700001&field={field}").json()["entities"][0]

    assert {"entity": 1700001, "name": "Former tannery", "start-date": "2018-04-01"} == entity


def test_exclude_field_leaves_out(web: httpx2.Client) -> None:
    """`exclude_field` removes fields, those of the dataset too."""
    entity = search(web, "entity=1700001&exclude_field=hectares&exclude_field=point,geometry").json()["entities"][0]

    assert not {"hectares", "point", "geometry"} & set(entity)
    assert "site-address" in entity


def test_geojson_pages_are_full(web: httpx2.Client) -> None:
    """Entities without a geometry are not counted among features, so no page has a gap."""
    page = search(web, "limit=9", ".geojson")

    assert "application/geo+json" == page.headers["content-type"]
    assert 9 == len(page.json()["features"])
    assert {} == page.json()["links"]


def test_features_have_their_properties(web: httpx2.Client) -> None:
    """A feature has the fields of the entity but the geometries; a point stands in where there is no area."""
    feature = search(web, "entity=1700001", ".geojson").json()["features"][0]

    assert {"type": "Point", "coordinates": [-1.281, 52.009]} == feature["geometry"]
    assert "Feature" == feature["type"]
    assert not {"geometry", "point"} & set(feature["properties"])
    assert 1700001 == feature["properties"]["entity"]


def test_field_chooses_properties(web: httpx2.Client) -> None:
    """`field` is honoured for GeoJSON."""
    feature = search(web, "entity=1700001&field=name", ".geojson").json()["features"][0]

    assert {"entity": 1700001, "name": "Former tannery"} == feature["properties"]


def test_search_page_narrows(web: httpx2.Client) -> None:
    """The page has the results, and a way to narrow them by dataset with how many that would leave."""
    page = web.get("/entity/?q=weir").text

    assert '<a class="govuk-link headrace-results__name" href="/entity/44000010">Old Weir</a>' in page
    assert "2 entities" in page
    narrowed = web.get("/entity/?period=current").text
    assert "/entity/?period=current&amp;dataset=conservation-area" in narrowed


@pytest.mark.parametrize(("offset", "ways"), [(0, ["next"]), (4, ["prev", "next"]), (8, ["prev"])])
def test_search_page_leads_on(web: httpx2.Client, offset: int, ways: list[str]) -> None:
    """The first page leads on, the last back, and those between both ways."""
    page = web.get(f"/entity/?limit=4&offset={offset}").text

    assert ways == [way for way in ("prev", "next") if f'rel="{way}"' in page]


def test_search_page_leads_back_from_past_the_end(web: httpx2.Client) -> None:
    """A page past the end says so and leads to the last that has something on it."""
    page = web.get("/entity/?limit=4&offset=40").text

    assert 'href="/entity/?limit=4&amp;offset=8">Go to the last page</a>' in page


def test_search_page_escapes_what_was_typed(web: httpx2.Client) -> None:
    """Words that look like HTML are text."""
    page = web.get("/entity/", params={"q": '"><script>alert(1)</script>'}).text

    assert "<script>alert" not in page


def test_search_page_says_what_is_wrong(web: httpx2.Client) -> None:
    """A search that cannot be made is a page that says so, with 422."""
    answer = web.get("/entity/?entries=current", headers={"accept": "text/html"})

    assert 422 == answer.status_code
    assert "Did you mean <code>period</code>?" in answer.text


def test_path_without_slash_leads_on(web: httpx2.Client) -> None:
    """`/entity` leads to `/entity/`, with its parameters."""
    answer = web.get("/entity?dataset=tree")

    assert (307, f"{web.base_url}/entity/?dataset=tree") == (answer.status_code, answer.headers["location"])
