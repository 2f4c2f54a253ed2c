"""The report for a publisher over HTTP."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import asdict
from pathlib import Path

import httpx2
import pytest

from headrace.run.provider_report import read_provider_report
from headrace.store.lake import Lake
from one_council import COUNCIL, DATASET, SQUARE, OneCouncil

Serve = Callable[[Path], AbstractContextManager[httpx2.Client]]
HTML = {"accept": "text/html"}


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> OneCouncil:
    """A council whose only file has a bad date and a reference that is not known."""
    council = OneCouncil(tmp_path_factory.mktemp("council"))
    council.configure()
    header = ("reference", "name", "geometry", "start-date", "girth")
    council.publish([header, ("CA1", "Mill <b>", SQUARE, "31/02/2020", ""), ("CA99", "Lock", SQUARE, "2020-02-29", "")])
    council.run("2026-11-01")
    return council


@pytest.fixture(scope="module")
def client(council: OneCouncil, serve: Serve) -> Iterator[httpx2.Client]:
    """A client of the web over the council's lake."""
    with serve(council.lake) as client:
        yield client


def test_the_data_are_those_of_the_command(client: httpx2.Client, council: OneCouncil) -> None:
    """The report is worked out in one place."""
    report = asdict(read_provider_report(Lake(council.lake), COUNCIL, DATASET))
    answered = client.get(f"/organisation/{COUNCIL}/report.json?dataset={DATASET}").json()
    assert [report["entities"], report["night"]] == [answered["entities"], answered["night"]]
    assert [each["issue_type"] for each in report["problems"]] == [each["issue_type"] for each in answered["problems"]]


def test_the_page_tells_rows_in_their_own_words(client: httpx2.Client) -> None:
    """Row number, what the row calls itself, what is wrong, and how to fix it; a publisher's text is text."""
    page = client.get(f"/organisation/{COUNCIL}/report?dataset={DATASET}", headers=HTML).text
    assert "Mill &lt;b&gt;" in page
    assert "31/02/2020" in page
    assert 'href="/guidance/issue/invalid%20date"' in page
    assert "no entity has this reference yet" in page
    assert "girth" in page


def test_without_a_dataset_the_page_offers_them(client: httpx2.Client) -> None:
    """The list of organisations leads to it."""
    address = f"/organisation/{COUNCIL}/report"
    assert f'href="{address}"' in client.get("/organisation/", headers=HTML).text
    assert f'href="{address}?dataset={DATASET}"' in client.get(address, headers=HTML).text


def test_an_organisation_that_publishes_nothing_is_told_so(client: httpx2.Client) -> None:
    """It is known, and has no file."""
    page = client.get(f"/organisation/local-authority:BEC/report?dataset={DATASET}", headers=HTML).text
    assert "no file of this organisation" in page


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"/organisation/{COUNCIL}/report.json", 422),
        (f"/organisation/{COUNCIL}/report.json?dataset=tree", 422),
        (f"/organisation/local-authority:NONE/report.json?dataset={DATASET}", 404),
    ],
)
def test_what_cannot_be_reported_on_is_a_problem(client: httpx2.Client, address: str, status: int) -> None:
    """A dataset must be named and published; an organisation must be known."""
    assert status == client.get(address).status_code


def test_a_release_without_its_tables_has_no_report(web: httpx2.Client) -> None:
    """Where the tables behind a release are not kept, the answer says so."""
    answer = web.get("/organisation/local-authority:MIL/report.json?dataset=tree")
    assert 404 == answer.status_code
    assert "no history of issues" in answer.json()["detail"]
