from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from headrace.flow.week import LIST
from headrace.model.stage import Streams
from headrace.model.week import Week
from headrace.report.week_facts import Asked, Goal, ReleaseLive, WeekFacts
from headrace.report.weeknote import escape_markdown, name_list, write_weeknote
from headrace.store.streams import read_streams
from headrace.web.wording import render_markdown

WEEK = Week.parse("2023-W26")
NOTHING = WeekFacts(week=WEEK, until=WEEK.end, lists={}, before={}, asked=Asked(), asked_before=Asked())


@pytest.fixture(scope="module")
def model() -> Streams:
    """The stages that come with Headrace."""
    return read_streams()


def _rows(item_type: str, *items: str, days: int = 3, reason: str | None = None) -> pl.DataFrame:
    at = WEEK.end - timedelta(days=days)
    return pl.DataFrame(
        [(item_type, item, at, None, None, reason) for item in items],
        schema=dict(zip(LIST, (pl.String, pl.String, pl.Datetime("us", "UTC"), *[pl.String] * 3), strict=True)),
        orient="row",
    )


def _headings(note: str) -> list[str]:
    return [line.removeprefix("## ") for line in note.splitlines() if line.startswith("## ")]


def test_a_week_of_which_nothing_is_recorded_has_no_sections(model: Streams) -> None:
    """And says so."""
    assert "# Week 26 of 2023\n\n26 June to 2 July 2023.\n\nNothing was recorded in this week.\n" == write_weeknote(
        NOTHING, model
    )


def test_every_number_leads_to_its_list(model: Streams) -> None:
    """Each is the length of it, under the address of the site."""
    facts = replace(
        NOTHING,
        lists={
            "passed-collect": _rows("endpoint", "a", "b"),
            "failed-collect": _rows("endpoint", "c"),
            "came-go-no-go": _rows("consideration", "tree"),
            "waits-go-no-go": _rows("consideration", "tree"),
            "added": _rows("endpoint", "a"),
            "failing": _rows("endpoint", "c", days=30, reason="it was answered 404"),
        },
        before={"passed-collect": 5, "failing": 3},
    )
    note = write_weeknote(facts, model, "https://site.example")
    base = "https://site.example/weeknote/2023-W26"
    for said in (
        f"- Collect: [2 endpoints]({base}/passed-collect) passed (5 in the week before), ",
        f", [1]({base}/failed-collect) failed.",
        f"- Go or no go: [1 consideration]({base}/came-go-no-go) came, [1]({base}/waits-go-no-go) waits at the end of",
        f"- [1 endpoint]({base}/added) was asked for the first time: [a](https://site.example/endpoint/a).",
        f"- [1 endpoint]({base}/failing) failed at the end of the week, 2 fewer than a week before.",
        "1. [c](https://site.example/endpoint/c) has failed since 3 June 2023, for 30 days: it was answered 404.",
        "1. consideration [tree](https://site.example/stream/item/consideration/tree) has waited at Go or no go since",
    ):
        assert said in note
    assert ["What moved", "Endpoints", "What waits longest"] == _headings(note)


def test_attempts_open_the_note(model: Streams) -> None:
    """With the share that failed beside that of the week before, and the nights that were missed."""
    facts = replace(
        NOTHING,
        asked=Asked(attempts=200, failed=67, unusable=3, nights=6),
        asked_before=Asked(attempts=100, failed=20, nights=7),
        missed=[date(2023, 6, 28)],
    )
    note = write_weeknote(facts, model)
    assert (
        "[200 attempts](/report/errors/2023-06) to collect were made on 6 nights, and 67 of them (33.5%) failed; "
        "in the week before it was 20.0%. 3 more were answered, with no data.\n\n"
        "**No endpoint was asked on the night of 28 June.**"
    ) in note
    assert [] == _headings(note)


def test_a_week_in_which_nobody_was_asked_says_so(model: Streams) -> None:
    """What fails is what was last heard, not what the week has brought; where no endpoint is known there is no need."""
    silent = "**No endpoint was asked in this week.**"
    assert silent in write_weeknote(replace(NOTHING, lists={"failing": _rows("endpoint", "c", days=30)}), model)
    assert silent not in write_weeknote(NOTHING, model)


def test_constraint_goals_and_releases_have_sections_where_there_are_some(model: Streams) -> None:
    """In words that people say."""
    facts = replace(
        NOTHING,
        constraint=("repair", 249.4),
        goals=[Goal("Data is live [fast]", "2 d, to be at most 1 d", "/goals#fast")],
        releases=[ReleaseLive("r1", datetime(2023, 6, 27, 2, 5, tzinfo=UTC), None, "/changes?until=r1")],
    )
    note = write_weeknote(facts, model)
    assert ["The constraint", "Goals", "Releases"] == _headings(note)
    assert "most waited at [Repair](/stream/repair): 249 at any moment, on average." in note
    assert "- [Data is live \\[fast\\]](/goals#fast): 2 d, to be at most 1 d." in note
    assert "- [r1](/changes?until=r1) went live on Tuesday at 02:05." in note


def test_a_week_that_is_not_over_is_told_so_far(model: Streams) -> None:
    """Ages are those of the moment."""
    facts = replace(NOTHING, until=WEEK.end - timedelta(days=2), lists={"failing": _rows("endpoint", "c", days=3)})
    note = write_weeknote(facts, model)
    assert "26 June to 2 July 2023, so far." in note
    assert "for 1 day." in note


def test_what_others_wrote_is_read_as_text(model: Streams) -> None:
    """Neither Markdown nor HTML, in a reason, an item or an address."""
    hostile = "<script>alert(1)</script> [x](javascript:1) `a` **b** & \n# c"
    facts = replace(
        NOTHING,
        lists={"waits-go-no-go": _rows("consideration", hostile), "failing": _rows("endpoint", "c", reason=hostile)},
        addresses={"c": "https://a.example/" + hostile},
    )
    page = render_markdown(write_weeknote(facts, model))
    assert "<script>" not in page
    assert "javascript:1)" in page
    assert 'href="javascript' not in page
    assert "<strong>b" not in page
    assert "<h1>c" not in page


def test_a_text_is_escaped_once() -> None:
    """Line ends become blanks, so that no line begins anew."""
    assert "a\\_b \\# c" == escape_markdown("a_b\n# c")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("recovered", "Endpoints that recovered"),
        ("passed-go-no-go", "Passed Go or no go"),
        ("waits-collect", "Waiting at the end of the week at Collect"),
        ("failed-unheard-of", "Failed at unheard-of"),
    ],
)
def test_a_list_has_a_name(name: str, said: str, model: Streams) -> None:
    """As its page is headed."""
    assert said == name_list(name, model)
