"""When endpoints are asked."""

from datetime import date, timedelta

import pytest

from headrace.collect.schedule import Action, History, Patience, next_action, next_due, told_on

BEGAN = date(2026, 1, 1)


def failing(days: int) -> History:
    """A history whose last night is the given number of days after it began to fail."""
    return History(first_on=BEGAN, last_on=BEGAN + timedelta(days), failing_since=BEGAN, failures=days + 1)


def test_what_was_never_asked_is_due_now() -> None:
    """A new endpoint does not wait for anything."""
    assert next_due(None, BEGAN).on == BEGAN


def test_what_answers_is_due_every_night() -> None:
    """Whatever came before the last night."""
    history = History(first_on=date(2025, 1, 1), last_on=BEGAN, succeeded_on=BEGAN)
    due = next_due(history, BEGAN)
    assert (due.on, due.reason) == (BEGAN + timedelta(1), "every night: it answers")


@pytest.mark.parametrize(("days", "nights"), [(0, 1), (6, 1), (7, 2), (13, 2), (14, 4), (29, 4), (30, 7), (1000, 7)])
def test_what_fails_is_asked_less_often(days: int, nights: int) -> None:
    """Nights between two askings, by days of failing."""
    history = failing(days)
    assert (next_due(history, BEGAN).on - history.last_on).days == nights


def test_a_year_of_failing_costs_few_requests() -> None:
    """The rule, followed for a year: 8 + 4 + 4 askings in the first month, then one a week."""
    asked, day = 0, BEGAN
    while day < BEGAN + timedelta(365):
        asked += 1
        day = next_due(failing((day - BEGAN).days), day).on
    assert asked == 63


@pytest.mark.parametrize(
    ("days", "action", "told"),
    [(0, Action.WAIT, None), (6, Action.WAIT, None), (7, Action.TELL, 7), (29, Action.TELL, 7), (30, Action.RETIRE, 7)],
)
def test_what_is_to_be_done(days: int, action: Action, told: int | None) -> None:
    """The publisher is told after a week, not before, and retirement is proposed after a month."""
    history, now = failing(0), BEGAN + timedelta(days)
    assert next_action(history, now, Patience()) == action
    assert told_on(history, now, Patience()) == (BEGAN + timedelta(told) if told else None)


def test_patience_can_be_longer() -> None:
    """Both numbers of days are the team's to choose."""
    patience = Patience(tell_days=14, retire_days=90)
    assert next_action(failing(0), BEGAN + timedelta(13), patience) == Action.WAIT
    assert next_action(failing(0), BEGAN + timedelta(89), patience) == Action.TELL


def test_nothing_is_to_be_done_about_what_answers() -> None:
    """Nor about what was never asked."""
    history = History(first_on=BEGAN, last_on=BEGAN, succeeded_on=BEGAN)
    assert {next_action(each, BEGAN, Patience()) for each in (history, None)} == {Action.NOTHING}
    assert told_on(history, BEGAN, Patience()) is None
