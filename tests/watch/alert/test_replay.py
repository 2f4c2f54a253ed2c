"""What recorded results would have led to."""

from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import pytest

from headrace.watch.alert.message import Message, MessageKind
from headrace.watch.alert.replay import RESULT_SCHEMA, replay

START = datetime(2026, 1, 5, tzinfo=UTC)
ROUND = timedelta(minutes=5)
PROBES = [f"p{number:02}" for number in range(12)]
DAY = 288


def results(failed: "np.ndarray[tuple[int, int], np.dtype[np.bool_]]") -> pl.DataFrame:
    """A result of each probe every five minutes; shape (rounds, probes)."""
    return pl.DataFrame(
        {
            "at": [START + ROUND * number for number in range(len(failed)) for _ in PROBES],
            "probe": PROBES * len(failed),
            "ok": ~failed.reshape(-1),
        },
        schema=RESULT_SCHEMA,
    )


def quiet(days: int = 3) -> "np.ndarray[tuple[int, int], np.dtype[np.bool_]]":
    """Days on which each probe fails now and then, three times in a thousand."""
    return np.random.default_rng(11).random((days * DAY, len(PROBES))) < 0.003


def said(failed: "np.ndarray[tuple[int, int], np.dtype[np.bool_]]", kind: MessageKind | None = None) -> list[Message]:
    return [each for each in replay(results(failed)) if kind is None or each.kind is kind]


def test_flakes_are_nobodys_business() -> None:
    assert [] == said(quiet())


def test_an_outage_is_told_at_once_and_once() -> None:
    failed = quiet()
    failed[400:412] = True

    alerts = said(failed, MessageKind.ALERT)

    assert [(START + ROUND * 400, tuple(PROBES))] == [(each.at, each.probes) for each in alerts]


def test_the_end_of_an_incident_is_an_edit_of_its_message() -> None:
    failed = quiet()
    failed[400:412] = True

    messages = said(failed)

    assert {1} == {each.incident for each in messages}
    assert "is over" == messages[-1].said
    assert MessageKind.UPDATE is messages[-1].kind
    assert messages[-1].at <= START + ROUND * 430


def test_a_deployment_that_half_the_probes_feel_once_is_no_alert() -> None:
    failed = quiet()
    failed[400, ::2] = True

    assert [] == said(failed, MessageKind.ALERT)


def test_two_failures_of_one_probe_in_a_row_are_no_alert() -> None:
    failed = quiet()
    failed[395:410, 3] = False
    failed[400:402, 3] = True

    assert [] == said(failed, MessageKind.ALERT)


@pytest.mark.parametrize("probes", [[4], [2, 7]])
def test_a_probe_that_fails_every_third_time_is_told_within_the_hour(probes: list[int]) -> None:
    failed = quiet()
    for probe in probes:
        failed[400:480, probe] = np.arange(80) % 3 == 0

    named = {PROBES[probe] for probe in probes}
    alerts = [each for each in said(failed, MessageKind.ALERT) if named & set(each.probes)]

    assert 1 == len(alerts)
    assert START + ROUND * 400 <= alerts[0].at <= START + ROUND * 412


def test_probes_that_fail_together_are_one_incident() -> None:
    failed = quiet()
    failed[400:430, [1, 5, 9]] = True

    messages = said(failed)

    assert 1 == sum(each.kind is MessageKind.ALERT for each in messages)
    assert (PROBES[1], PROBES[5], PROBES[9]) == messages[-1].probes


def test_an_incident_that_begins_again_soon_is_the_same() -> None:
    failed = quiet()
    failed[395:445, 3] = False
    failed[400:412, 3] = True
    failed[424:434, 3] = True

    assert 1 == len(said(failed, MessageKind.ALERT))
    assert "has begun again" in {each.said for each in said(failed)}


def test_only_what_was_known_at_a_moment_decides_what_is_said_at_it() -> None:
    failed = quiet()
    failed[300:330, 2] = True
    failed[500:600, 6] = np.arange(100) % 3 == 0

    whole = said(failed)

    for rounds in (310, 520, 700):
        until = START + ROUND * (rounds - 1)
        assert [each for each in whole if each.at <= until] == said(failed[:rounds])


def test_a_missing_result_says_nothing() -> None:
    """A probe that is not asked for an hour is neither broken nor well."""
    failed = quiet()
    failed[398:440, 3] = False
    failed[400:406, 3] = True
    recorded = results(failed).filter(
        ~((pl.col("probe") == PROBES[3]) & pl.col("at").is_between(START + ROUND * 406, START + ROUND * 412))
    )

    assert "is over" == list(replay(recorded))[-1].said


def test_no_results_no_messages() -> None:
    assert [] == list(replay(pl.DataFrame(schema=RESULT_SCHEMA)))
