"""The reports on quality over HTTP."""

import csv
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from io import StringIO
from pathlib import Path

import httpx2
import pytest

from headrace.report.quality.registry import REPORTS
from one_council import COUNCIL, DATASET, SQUARE, OneCouncil

Serve = Callable[[Path], AbstractContextManager[httpx2.Client]]
HTML = {"accept": "text/html"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> Iterator[httpx2.Client]:
    """A client of the web over a council whose file has a bad date and an unknown reference."""
    council = OneCouncil(tmp_path_factory.mktemp("council"))
    council.configure()
    header = ("reference", "name", "geometry", "start-date")
    council.publish([header, ("CA1", "Mill", SQUARE, "31/02/2020"), ("CA99", "Lock", SQUARE, "2020-02-29")])
    council.run("2026-11-01")
    with serve(council.lake) as client:
        yield client


@pytest.mark.parametrize("name", [report.name for report in REPORTS])
def test_page_json_and_csv_have_the_same_rows(client: httpx2.Client, name: str) -> None:
    """The number of rows is the same in all three, and every column is documented."""
    answered = client.get(f"/report/{name}.json").json()
    table = list(csv.DictReader(StringIO(client.get(f"/report/{name}.csv").text)))
    page = client.get(f"/report/{name}", headers=HTML)
    assert len(answered["rows"]) == len(table)
    assert page.status_code == 200
    assert page.text.count('<tr class="govuk-table__row">') == len(table) + (1 if table else 0)
    assert answered["question"] in page.text.replace("&#39;", "'")


def test_a_row_leads_to_what_it_is_about(client: httpx2.Client) -> None:
    """The guidance of the issue, the dataset, and the report to the publisher."""
    page = client.get("/report/issues", headers=HTML).text
    assert 'href="/guidance/issue/invalid%20date"' in page
    assert f'href="/dataset/{DATASET}"' in page
    assert f'href="/organisation/{COUNCIL}/report?dataset={DATASET}"' in page


def test_rows_are_chosen_by_dataset_and_organisation(client: httpx2.Client) -> None:
    """And the numbers with them."""
    everything = client.get("/report/issues.json").json()
    assert client.get(f"/report/issues.json?organisation={COUNCIL}").json()["rows"] == everything["rows"]
    nothing = client.get("/report/issues.json?organisation=local-authority:BEC").json()
    assert (nothing["rows"], set(nothing["measures"].values())) == ([], {0})


def test_a_page_of_rows_leads_to_the_next(client: httpx2.Client) -> None:
    """And keeps what was chosen."""
    page = client.get(f"/report/issues?dataset={DATASET}&limit=1", headers=HTML).text
    assert f"/report/issues?dataset={DATASET}&amp;limit=1&amp;offset=1" in page


def test_the_list_of_reports_leads_to_each(client: httpx2.Client) -> None:
    """With its question."""
    page = client.get("/report/", headers=HTML).text
    for report in REPORTS:
        assert f'href="/report/{report.name}"' in page


def test_what_is_not_there_is_a_problem(client: httpx2.Client) -> None:
    """Unknown reports and parameters are told of."""
    assert client.get("/report/nonsense.json").status_code == 404
    assert client.get("/report/nonsense", headers=HTML).status_code == 404
    assert client.get("/report/issues.json?organization=x").status_code == 422


def test_without_a_record_of_processing_there_is_no_report(web: httpx2.Client) -> None:
    """A release that was made before says so."""
    answer = web.get("/report/issues.json")
    assert answer.status_code == 404
    assert "run `headrace night` again" in answer.json()["detail"]


def test_the_trend_is_a_picture_with_its_numbers_beside(client: httpx2.Client) -> None:
    """The page shows it; the series has the night that was kept."""
    assert 'src="/report/issues/trend.svg"' in client.get("/report/issues", headers=HTML).text
    assert client.get("/report/issues/trend.svg").headers["content-type"] == "image/svg+xml"
    series = client.get(f"/report/issues/trend.json?dataset={DATASET}").json()["series"]
    assert {"night": "2026-11-01", "measure": "errors", "value": 1.0} in series


def test_numbers_as_of_a_day_are_those_kept_on_the_night_before(client: httpx2.Client) -> None:
    """Each beside what it is now; before the first night there are none."""
    now = client.get("/report/issues.json").json()["measures"]
    kept = client.get("/report/issues.json?as-of=2026-11-05").json()
    assert (kept["night"], kept["measures"]) == ("2026-11-01", now)
    assert {row["change"] for row in kept["numbers"]} == {0.0}
    assert "As kept on the night of 1 November 2026" in client.get("/report/issues?as-of=2026-11-05", headers=HTML).text
    early = client.get("/report/issues.json?as-of=2026-10-31")
    assert early.status_code == 404
    assert "the first night with numbers is 2026-11-01" in early.json()["detail"]
    assert client.get("/report/issues.json?as-of=yesterday").status_code == 422


def test_the_same_numbers_are_had_by_sql(client: httpx2.Client) -> None:
    """The database `performance` has the rows of the report, the numbers kept, and the tables of old."""

    def ask(sql: str) -> list[dict[str, object]]:
        rows: list[dict[str, object]] = client.get(
            "/datasette/performance.json", params={"sql": sql, "_shape": "array"}
        ).json()
        return rows

    rows = client.get("/report/issues.json").json()["rows"]
    said = ask("select issue_type, count from report_issues")
    assert [(each["issue_type"], each["count"]) for each in said] == [(row["issue_type"], row["count"]) for row in rows]
    kept = "select value from report_number where report = 'issues' and measure = 'errors' and organisation is null"
    assert ask(f"{kept} and dataset is null") == [{"value": 1.0}]
    assert ask("select organisation, days_since_200 is null as never from reporting_latest_endpoints") == [
        {"organisation": COUNCIL, "never": 0}
    ]


def test_measures_of_the_stream_are_had_by_sql(client: httpx2.Client) -> None:
    """What the page of the stream says."""
    sql = "select stage, waiting from stage_measure order by stage"
    said = client.get("/datasette/performance.json", params={"sql": sql, "_shape": "array"}).json()
    stages = client.get("/stream.json").json()["stages"]
    assert {each["stage"]: each["waiting"] for each in said} == {each["stage"]: each["waiting"] for each in stages}


def test_the_database_of_old_finds_the_tables_of_the_record_too(client: httpx2.Client) -> None:
    """`log` and `source` are asked beside `issue` and `resource_dataset`, as users of the existing platform do."""
    sql = (
        "select count(*) as n from log join source on source.endpoint = log.endpoint "
        "join resource_dataset on resource_dataset.resource = log.resource"
    )
    answer = client.get("/datasette/digital-land.json", params={"sql": sql, "_shape": "array"})
    assert answer.json() == [{"n": 1}]
    assert client.get("/datasette/digital-land/issue", headers=HTML).status_code == 200
    assert client.get("/datasette/digital-land", headers=HTML).status_code == 200
