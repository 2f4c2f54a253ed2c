"""What holds of every answer."""

import httpx2
import pytest

PAGES = [
    "/",
    "/dataset/",
    "/dataset/conservation-area",
    "/entity/",
    "/entity/44000001",
    "/organisation/",
    "/download/",
    "/stream",
]
DOCUMENTS = ["/entity.json", "/entity/44000001.json", "/entity.geojson", "/dataset.json", "/organisation.json"]
PROBLEMS = [
    ("/nowhere", 404),
    ("/entity/1.json", 404),
    ("/entity/44000006.json", 410),
    ("/entity/44000011.geojson", 406),
    ("/entity.json?limit=0", 422),
    ("/dataset/x.json", 404),
    ("/curie/a:b", 404),
    ("/fact.json", 422),
    ("/download/x", 404),
]


@pytest.mark.parametrize(("address", "status"), PROBLEMS)
def test_every_problem_has_one_shape(web: httpx2.Client, address: str, status: int) -> None:
    """A problem is application/problem+json with type, title, status, detail and instance."""
    answer = web.get(address)

    assert (status, "application/problem+json") == (answer.status_code, answer.headers["content-type"])
    said = answer.json()
    assert ["type", "title", "status", "detail", "instance"] == list(said)[:5]
    assert (status, address.partition("?")[0]) == (said["status"], said["instance"])
    assert "no-store" == answer.headers["cache-control"]


def test_browsers_get_a_page_about_problems(web: httpx2.Client) -> None:
    """Who accepts HTML and asks for no format of its own gets a page."""
    answer = web.get("/nowhere", headers={"accept": "text/html,*/*;q=0.8"})

    assert (404, "text/html; charset=utf-8") == (answer.status_code, answer.headers["content-type"])
    assert "There is nothing here" in answer.text


def test_a_format_in_the_path_wins_over_a_browser(web: httpx2.Client) -> None:
    """A problem with a .json address is JSON in a browser too."""
    answer = web.get("/entity/1.json", headers={"accept": "text/html"})

    assert "application/problem+json" == answer.headers["content-type"]


@pytest.mark.parametrize("address", [*PAGES, *DOCUMENTS, "/nowhere", "/static/headrace.css"])
def test_every_answer_is_protected(web: httpx2.Client, address: str) -> None:
    """No answer lets a browser guess types, run what is written into it, or be framed."""
    headers = web.get(address).headers

    assert "nosniff" == headers["x-content-type-options"]
    policy = headers["content-security-policy"]
    assert "unsafe-inline" not in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("address", PAGES)
def test_pages_obey_their_own_policy(web: httpx2.Client, address: str) -> None:
    """No page has a style or a script written into it, nor an address of another host for one."""
    page = web.get(address).text

    assert ' style="' not in page
    assert "<style" not in page
    assert "<script>" not in page
    assert "onclick=" not in page


@pytest.mark.parametrize("address", PAGES)
def test_pages_have_landmarks(web: httpx2.Client, address: str) -> None:
    """A page has a language, a title, one first heading, a way past the navigation, and the landmarks."""
    page = web.get(address).text

    assert '<html lang="en-GB"' in page
    assert " – Headrace</title>" in page
    assert 1 == page.count("<h1")
    assert '<a href="#content" class="govuk-skip-link"' in page
    assert '<main id="content">' in page
    assert '<nav class="govuk-width-container" aria-label="Main">' in page


@pytest.mark.parametrize("address", DOCUMENTS + PAGES[:6])
def test_who_has_an_answer_is_told_it_holds(web: httpx2.Client, address: str) -> None:
    """The ETag of an answer, sent back, is 304 without a body; until another release is live."""
    first = web.get(address)
    again = web.get(address, headers={"if-none-match": first.headers["etag"]})

    assert (304, b"") == (again.status_code, again.content)
    assert 200 == web.get(address, headers={"if-none-match": '"other"'}).status_code


@pytest.mark.parametrize("address", ["/entity.json", "/entity/44000001.json", "/", "/download/dataset/tree.csv"])
def test_head_is_get_without_its_body(web: httpx2.Client, address: str) -> None:
    """HEAD has the headers of GET, the length too."""
    head, get = web.head(address), web.get(address)

    assert (200, b"") == (head.status_code, head.content)
    for name in ("content-type", "etag"):
        assert get.headers[name] == head.headers[name]


def test_long_answers_are_compressed_for_those_who_can_read_it(web: httpx2.Client) -> None:
    """Compression is used where it is asked for, and says so."""
    plain = web.get("/entity.json", headers={"accept-encoding": "identity"})
    packed = web.get("/entity.json", headers={"accept-encoding": "gzip"})

    assert "gzip" == packed.headers["content-encoding"]
    assert plain.content == packed.content
    assert "accept-encoding" in packed.headers["vary"].lower()


def test_any_site_may_read_the_api(web: httpx2.Client) -> None:
    """Cross-origin requests are welcome, and may see the release."""
    headers = web.get("/entity.json", headers={"origin": "https://council.example"}).headers

    assert "*" == headers["access-control-allow-origin"]
    assert "x-headrace-release" in headers["access-control-expose-headers"]


def test_other_methods_are_not_allowed(web: httpx2.Client) -> None:
    """Nothing can be posted, and the answer says what can be done."""
    answer = web.post("/entity.json")

    assert (405, "GET") == (answer.status_code, answer.headers["allow"])


def test_api_is_described(web: httpx2.Client) -> None:
    """The description has every route of the API, with each parameter of a search."""
    described = web.get("/openapi.json").json()

    assert {
        "/entity.json",
        "/entity.geojson",
        "/entity/{entity}.json",
        "/entity/{entity}.geojson",
        "/dataset.json",
        "/dataset/{dataset}.json",
        "/organisation.json",
        "/fact.json",
    } <= set(described["paths"])
    search = described["paths"]["/entity.geojson"]["get"]["responses"]
    assert ["application/geo+json"] == list(search["200"]["content"])
    assert ["application/problem+json"] == list(search["422"]["content"])
    names = {parameter["name"] for parameter in described["paths"]["/entity.json"]["get"]["parameters"]}
    assert {"dataset", "longitude", "geometry_relation", "entry_date_match", "limit"} <= names
