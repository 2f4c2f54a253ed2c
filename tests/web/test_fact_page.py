"""The page of a fact over HTTP: how it came here from the publisher's own file, and whether it holds."""

import html
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import quote

import httpx2
import pytest

from headrace.web.raw_record import MOST_BYTES
from one_council import COUNCIL, DATASET, SQUARE, OneCouncil, write_rows

Serve = Callable[[Path], AbstractContextManager[httpx2.Client]]
HTML = {"accept": "text/html"}
HEADER = ("reference", "Area name", "geometry", "start-date", "act", "year", "warden", "entry-date")
SECRET = "Ms Warden"


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> OneCouncil:
    """A council that changes the name of an area between two nights, and whose names are patched."""
    council = OneCouncil(tmp_path_factory.mktemp("council"))
    council.configure()
    write_rows(
        council.pipeline / "column.csv",
        [("dataset", "column", "field"), (DATASET, "Area name", "name"), (DATASET, "warden", "IGNORE")],
    )
    write_rows(
        council.pipeline / "patch.csv",
        [("dataset", "field", "pattern", "value"), (DATASET, "name", "^mill st$", "Mill <Street>")],
    )
    write_rows(
        council.pipeline / "default.csv",
        [("dataset", "field", "default-field"), (DATASET, "start-date", "entry-date")],
    )
    write_rows(
        council.pipeline / "concat.csv",
        [("dataset", "field", "fields", "separator"), (DATASET, "legislation", "act;year", " of ")],
    )
    write_rows(
        council.pipeline / "transform.csv",
        [("dataset", "field", "replacement-field"), (DATASET, "legislation", "notes")],
    )
    write_rows(
        council.pipeline / "entity-organisation.csv",
        [
            ("dataset", "entity-minimum", "entity-maximum", "organisation"),
            (DATASET, "44000001", "44000001", COUNCIL),
        ],
    )
    first = ("CA1", "Old <Mill>", SQUARE, "31/02/2020", "Act", "1990", SECRET, "2026-10-01")
    second = ("CA1", "mill st", SQUARE, "31/02/2020", "Act", "1990", SECRET, "2026-10-02")
    blank = ("",) * len(HEADER)
    council.publish([HEADER, blank, first])
    council.run("2026-11-01")
    council.publish([HEADER, blank, second])
    council.run("2026-11-02")
    return council


@pytest.fixture(scope="module")
def client(council: OneCouncil, serve: Serve) -> Iterator[httpx2.Client]:
    """A client of the web over the council's lake."""
    with serve(council.lake) as client:
        yield client


def facts(client: httpx2.Client, field: str) -> dict[str, str]:
    """Value → hash of the facts of a field of CA1."""
    found = client.get(f"/fact.json?dataset={DATASET}&entity=44000001&field={field}").json()
    return {fact["value"]: fact["fact"] for fact in found}


def page(client: httpx2.Client, field: str, value: str) -> str:
    """What a person reads on the page of a fact."""
    answer = client.get(f"/fact/{facts(client, field)[value]}?dataset={DATASET}", headers=HTML)
    assert answer.status_code == 200
    return answer.text


def words(text: str) -> str:
    """The words of a page."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text.partition("<main")[2])).split())


def test_a_value_is_followed_from_its_cell(client: httpx2.Client) -> None:
    """The row as it stands in the file, the column that was read, what was changed, and the fact."""
    text = page(client, "name", "Mill <Street>")
    assert "Aldermere, row 3" in words(text)
    assert "Column Area name , read as name mill st What was found or changed" in words(text)
    assert 'href="/guidance/issue/patch"' in text
    assert "it was mill st" in words(text)
    assert "areas.csv" in text


def test_a_value_taken_from_another_field_shows_both_columns(client: httpx2.Client) -> None:
    """The cell that could not be read, the issue that says so, and the field whose value was taken."""
    text = words(page(client, "start-date", "2026-10-02"))
    assert "Column start-date , read as start-date 31/02/2020" in text
    assert "Column entry-date , read as entry-date , used for start-date 2026-10-02" in text
    assert "start-date must be a real date" in text
    assert "taken from entry-date" in text
    assert text.index("must be a real date") < text.index("taken from entry-date")


def test_a_value_joined_of_columns_and_renamed_says_how(client: httpx2.Client) -> None:
    """The older field, how configuration makes it, and nothing about a cell that is not in the file."""
    text = words(page(client, "notes", "Act of 1990"))
    assert "Column legislation , read as legislation , used for notes ; configuration joins it of act of year" in text
    assert "The cell is blank" not in text


def test_a_value_that_no_column_gives_says_where_it_comes_from(client: httpx2.Client) -> None:
    """The organisation is the one whose address served the file."""
    text = words(page(client, "organisation", COUNCIL))
    assert "No column gives it: it is the organisation whose address served the file" in text


def test_the_fact_that_holds_says_why_the_others_do_not(client: httpx2.Client) -> None:
    """The rule that decided between the two names, on the page of each, and a way from one to the other."""
    names = facts(client, "name")
    winning, losing = page(client, "name", "Mill <Street>"), page(client, "name", "Old <Mill>")
    assert "Holds 1 row says so" in words(winning)
    assert "Does not hold 1 row says so" in words(losing)
    for text in (winning, losing):
        assert "The first holds: it was entered later." in words(text)
    assert f'href="/fact/{names["Mill <Street>"]}?dataset={DATASET}"' in losing
    assert f'href="/fact/{names["Old <Mill>"]}?dataset={DATASET}"' in winning


def test_a_fact_that_two_files_state_has_two_ways(client: httpx2.Client) -> None:
    """The same reference was in the file of both nights; it belongs to the organisation that published it."""
    text = words(page(client, "reference", "CA1"))
    assert "2 rows say so" in text
    assert text.count("Row 3, as it stands there") == 2
    assert "This one: nothing else is said of the field." in text
    assert "from the organisation that the entity belongs to" in text


@pytest.mark.parametrize("field", ["name", "reference", "start-date", "organisation", "entry-date", "geometry"])
def test_cells_of_columns_that_are_not_read_are_never_shown(client: httpx2.Client, field: str) -> None:
    """Names of people stand in files; what is not published is not shown, and what is shown is text."""
    for value in facts(client, field):
        text = page(client, field, value)
        assert SECRET not in text
        assert "<Mill>" not in text
        assert "<Street>" not in text
        assert "style=" not in text


def test_the_entity_leads_to_its_facts(client: httpx2.Client) -> None:
    """Each value, the one that holds and the others, has a link to how it came here."""
    text = client.get("/entity/44000001", headers=HTML).text
    for field in ("name", "reference", "start-date"):
        for fact in facts(client, field).values():
            assert f'href="/fact/{fact}?dataset={DATASET}"' in text


def test_a_file_that_is_too_large_or_gone_is_not_shown(council: OneCouncil, serve: Serve) -> None:
    """The page says why, and still tells the rest."""
    for path in (council.lake / "resource").iterdir():
        whole = path.read_bytes()
        for body, reason in ((b" " * (MOST_BYTES + 1), "too large"), (None, "not kept here")):
            path.write_bytes(body) if body else path.unlink()
            with serve(council.lake) as client:
                texts = [words(page(client, "name", value)) for value in facts(client, "name")]
            assert 1 == sum(reason in text for text in texts)
            assert all("read as name" in text for text in texts)
        path.write_bytes(whole)


def test_unknown_facts_are_not_found(client: httpx2.Client) -> None:
    """A hash that no fact has is 404; what is no hash, or no dataset, is 422."""
    assert 404 == client.get(f"/fact/{'0' * 64}?dataset={DATASET}").status_code
    assert 422 == client.get(f"/fact/xyz?dataset={DATASET}").status_code
    assert 422 == client.get(f"/fact/{'0' * 64}?dataset={quote('no such')}").status_code


def test_a_release_without_its_files_still_has_the_page(web: httpx2.Client) -> None:
    """Where neither files nor results nor the record are kept, the page says what the release knows."""
    found = web.get("/fact.json?dataset=conservation-area&entity=44000001&field=name").json()
    texts = [words(web.get(f"/fact/{fact['fact']}?dataset=conservation-area", headers=HTML).text) for fact in found]
    assert all("The file is not kept here." in text for text in texts)
    assert 1 == sum("Does not hold" in text for text in texts)
