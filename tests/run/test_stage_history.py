"""Words beside considerations, as events."""

from datetime import date

import pytest

from headrace.run.event_import import read_standards_words
from headrace.run.stage_history import Step, build_stage_events
from headrace.store.streams import read_streams

MODEL = read_streams()
WORDS = read_standards_words(MODEL)
ORDER = [stage.stage for stage in MODEL.by_name["standards"].stages]

CASES = {
    "it waits": (["Backlog"], ["backlog ready"]),
    "it goes on": (["Backlog", "Screen"], ["backlog ready", "backlog finished", "screen ready", "screen started"]),
    "an older word for the same stage": (["Backlog", "Prioritised backlog"], ["backlog ready"]),
    "it goes back": (
        ["Research", "Backlog"],
        ["research ready", "research started", "research returned", "backlog ready"],
    ),
    "it leaves": (["Backlog", "Archived"], ["backlog ready", "backlog abandoned"]),
    "it has passed all": (["Prepared for platform", "On the platform"], ["prepare ready", "prepare finished"]),
    "it had passed all before": (["On the platform"], []),
    "it comes back": (["Archived", "Backlog"], ["backlog ready"]),
    "work begins where it waited": (["Next", "Screen"], ["screen ready", "screen started"]),
    "it is listed without a word": ([""], ["need ready"]),
}


@pytest.mark.parametrize("name", CASES)
def test_words_become_events(name: str) -> None:
    """Each case, a word a day."""
    words, expected = CASES[name]
    steps = [Step(line, date(2024, 1, line), "Bat roosts", WORDS[word]) for line, word in enumerate(words, start=1)]
    events = build_stage_events(steps, ORDER)
    said = [f"{stage} {kind}" for stage, kind in events.select("stage", "kind").iter_rows()]
    assert expected == said
    assert events["id"].n_unique() == events.height


def test_several_words_on_one_day_are_told_in_their_order() -> None:
    """A consideration that came to a stage twice on a day has two visits to it."""
    words = ["Backlog", "Screen", "Backlog"]
    steps = [Step(line, date(2024, 1, 1), "Bat roosts", WORDS[word]) for line, word in enumerate(words)]
    events = build_stage_events(steps, ORDER)
    backlog = events.filter(events["stage"] == "backlog")
    assert [1, 1, 2] == backlog["attempt"].to_list()
    assert ["ready", "finished", "ready"] == backlog["kind"].to_list()
    assert events["reason"][0] == "it was there when the history began"
