"""Datasets over HTTP."""

import httpx2
import pytest


def test_list_has_every_dataset_and_typologies(web: httpx2.Client) -> None:
    """Datasets come by name, and again by typology, as in the existing API; nothing of the page is among them."""
    said = web.get("/dataset.json").json()

    names = ["brownfield-land", "conservation-area", "listed-building", "tree"]
    assert names == [dataset["dataset"] for dataset in said["datasets"]]
    assert {"geography": {"dataset": said["datasets"]}} == said["typologies"]
    assert {"datasets", "typologies"} == set(said)


def test_typologies_can_be_left_out(web: httpx2.Client) -> None:
    """`include_typologies=false` halves the answer."""
    assert {"datasets"} == set(web.get("/dataset.json?include_typologies=false").json())


def test_fields_can_be_chosen(web: httpx2.Client) -> None:
    """`field` and `dataset` narrow the answer."""
    said = web.get("/dataset.json?dataset=tree&field=entity_count&include_typologies=false").json()

    assert {"datasets": [{"dataset": "tree", "entity-count": 2}]} == said


def test_unknown_dataset_is_refused(web: httpx2.Client) -> None:
    """A dataset that is not there is 422 in a list."""
    assert "tree" == web.get("/dataset.json?dataset=trees").json()["errors"][0]["suggestion"]


def test_one_dataset_is_the_one_of_the_list(web: httpx2.Client) -> None:
    """A dataset is described the same alone and in the list."""
    listed = web.get("/dataset.json?dataset=conservation-area").json()["datasets"]

    assert listed == [web.get("/dataset/conservation-area.json").json()]


@pytest.mark.parametrize("address", ["/dataset/nothing.json", "/dataset/nothing"])
def test_unknown_dataset_is_not_found(web: httpx2.Client, address: str) -> None:
    """A dataset that is not there is 404 alone."""
    assert 404 == web.get(address).status_code


def test_page_tells_what_is_wrong(web: httpx2.Client) -> None:
    """The page counts issues by type and refused rows by reason, and leads to each of them."""
    page = web.get("/dataset/conservation-area").text

    assert "/datasette/conservation-area/issue?issue_type=invalid%20date&amp;field=start-date" in page
    assert "/datasette/conservation-area/refused?reason=unknown%20entity" in page


def test_page_offers_files(web: httpx2.Client) -> None:
    """The page leads to the files of the dataset, which are there."""
    page = web.get("/dataset/tree").text

    for ending in ("csv", "geojson", "ndjson", "parquet", "sqlite3"):
        assert f"/download/dataset/tree.{ending}" in page
        assert 200 == web.head(f"/download/dataset/tree.{ending}").status_code


def test_page_renders_markdown_safely(web: httpx2.Client) -> None:
    """The specification's text is Markdown; links that are not web addresses are not links."""
    page = web.get("/dataset/conservation-area").text

    assert "<strong>designated</strong>" in page
    assert 'href="https://guidance.example/conservation"' in page
    assert 'href="javascript' not in page


def test_page_of_a_dataset_without_data(web: httpx2.Client) -> None:
    """A dataset that is only specified has a page."""
    page = web.get("/dataset/listed-building")

    assert 200 == page.status_code
    assert "A building of special interest." in page.text


def test_examples_work(web: httpx2.Client) -> None:
    """Every address that the page gives programs is answered."""
    page = web.get("/dataset/conservation-area").text
    parts = page.split('<a class="headrace-code headrace-code--block" href="')[1:]
    addresses = [part.split('"', 1)[0].replace("&amp;", "&") for part in parts]

    assert 4 == len(addresses)
    assert [200] * 4 == [web.get(address).status_code for address in addresses]


def test_list_page(web: httpx2.Client) -> None:
    """The list page has datasets with data, and those without."""
    page = web.get("/dataset/").text

    assert '<a class="govuk-link" href="/dataset/tree">Tree</a>' in page
    assert "Specified, without data yet" in page
