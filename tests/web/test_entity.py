"""One entity over HTTP."""

import httpx2
import pytest

HTML = {"accept": "text/html"}


def test_document_is_the_one_of_the_search(web: httpx2.Client) -> None:
    """An entity is described the same alone and among others."""
    alone = web.get("/entity/44000001.json").json()

    assert [alone] == web.get("/entity.json?entity=44000001").json()["entities"]


def test_feature_is_the_one_of_the_search(web: httpx2.Client) -> None:
    """A feature is the same alone and among others."""
    alone = web.get("/entity/44000010.geojson")

    assert "application/geo+json" == alone.headers["content-type"]
    assert [alone.json()] == web.get("/entity.geojson?entity=44000010").json()["features"]


def test_feature_keeps_holes_and_parts(web: httpx2.Client) -> None:
    """The GeoJSON of an area with a hole and a second part has them."""
    geometry = web.get("/entity/44000010.geojson").json()["geometry"]

    assert "MultiPolygon" == geometry["type"]
    assert [2, 1] == [len(polygon) for polygon in geometry["coordinates"]]


def test_no_geometry_is_not_acceptable(web: httpx2.Client) -> None:
    """An entity without a geometry is no feature: 406, and a hint at what there is."""
    answer = web.get("/entity/44000011.geojson")

    assert (406, "Entity 44000011 has no geometry; ask for it as .json.") == (
        answer.status_code,
        answer.json()["detail"],
    )


@pytest.mark.parametrize("extension", ["", ".json", ".geojson"])
def test_moved_entity_leads_to_its_new_number(web: httpx2.Client, extension: str) -> None:
    """An old number with a new one is 301, in the format that was asked for."""
    answer = web.get(f"/entity/44000005{extension}")

    assert (301, f"/entity/44000002{extension}") == (answer.status_code, answer.headers["location"])


@pytest.mark.parametrize("extension", [".json", ".geojson"])
def test_removed_entity_is_gone(web: httpx2.Client, extension: str) -> None:
    """An old number without a new one is 410."""
    answer = web.get(f"/entity/44000006{extension}")

    assert (410, "Entity 44000006 has been removed.") == (answer.status_code, answer.json()["detail"])


def test_removed_entity_is_a_page_for_people(web: httpx2.Client) -> None:
    """Browsers get a page about what was removed."""
    answer = web.get("/entity/44000006", headers=HTML)

    assert 410 == answer.status_code
    assert "This has been removed" in answer.text


@pytest.mark.parametrize("address", ["/entity/99.json", "/entity/99.geojson", "/entity/99"])
def test_unknown_entity_is_not_found(web: httpx2.Client, address: str) -> None:
    """A number that never was is 404, as a problem document for programs."""
    answer = web.get(address)

    assert (404, "application/problem+json") == (answer.status_code, answer.headers["content-type"])


@pytest.mark.parametrize("address", ["/entity/99999999999999999999.json", "/entity/0.json"])
def test_impossible_number_is_refused(web: httpx2.Client, address: str) -> None:
    """A number that no entity can have is 422, not an error of ours."""
    assert 422 == web.get(address).status_code


def test_page_shows_values_with_their_source(web: httpx2.Client) -> None:
    """A value stands beside the file and the row that said so."""
    page = web.get("/entity/44000001").text

    assert "Mill Street" in page
    assert "/datasette/conservation-area/dataset_resource?resource=" in page
    assert "row 1" in page


def test_page_shows_what_else_was_said(web: httpx2.Client) -> None:
    """A value that another file gave and that did not win is there too."""
    page = web.get("/entity/44000001").text

    assert "1 other value was given" in page
    assert "Mill St" in page


def test_page_says_what_was_worked_out(web: httpx2.Client) -> None:
    """A value that no file said is marked as worked out."""
    assert "worked out by Headrace" in web.get("/entity/44000001").text


def test_web_addresses_become_links_and_nothing_else_does(web: httpx2.Client) -> None:
    """A publisher's http address is a link; a script is text."""
    assert 'href="https://millshire.example/conservation/mill-street"' in web.get("/entity/44000001").text
    page = web.get("/entity/44000010").text
    assert 'href="javascript' not in page
    assert "javascript:alert(1)" in page


def test_publishers_text_is_escaped(web: httpx2.Client) -> None:
    """HTML in a value is shown, not obeyed."""
    page = web.get("/entity/44000010").text

    assert "&lt;b&gt;Bold &amp; brave&lt;/b&gt;" in page


def test_page_draws_the_outline(web: httpx2.Client) -> None:
    """An area is drawn, with its size in words."""
    page = web.get("/entity/44000010").text

    assert '<path class="headrace-outline__land" d="M' in page
    assert "hectares" in page
    assert "<svg" not in web.get("/entity/44000011").text
