"""The streams that people work: provision, standards and feedback."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from headrace.model.event import Kind
from headrace.model.stage import Streams
from headrace.simulate.chance import draw
from headrace.simulate.history.passing import Habits, Item, pass_through
from headrace.simulate.history.tale import Tale

PROVISION: Final = Habits(
    wait_share=0.4,
    sent_back={"check": 0.3, "first-collect": 0.05},
    blocked={"publish-locally": 0.25, "configure": 0.1},
    reasons={
        "check": "the file cannot be used as it is",
        "first-collect": "the endpoint did not answer",
        "publish-locally": "the council waits for its supplier",
        "configure": "the licence is not clear",
    },
    blockers={"publish-locally": "suppliers of councils", "configure": "legal team"},
)

STANDARDS: Final = Habits(
    wait_share=0.3,
    sent_back={"research": 0.1, "test-and-iterate": 0.25, "go-no-go": 0.3},
    blocked={"co-design": 0.2, "mandate": 0.4},
    given_up={"screen": 0.2, "research": 0.1},
    reasons={
        "screen": "there is no case for the data",
        "research": "nobody holds the data",
        "test-and-iterate": "the specification does not fit real data",
        "go-no-go": "too few have tried it",
        "co-design": "those who would use it have no time",
        "mandate": "it waits for regulations",
    },
    blockers={"co-design": "councils' users", "mandate": "legal team"},
)

FEEDBACK: Final = Habits(
    wait_share=0.8,
    sent_back={"answer": 0.1},
    blocked={"act": 0.2},
    given_up={"triage": 0.1},
    reasons={
        "triage": "there is nothing to it",
        "act": "the publisher has to mend its file",
        "answer": "the answer does not say what was done",
    },
)

CONSIDERATIONS: Final = (
    "Archaeological notification areas",
    "Bat roosts",
    "Cycle routes",
    "Electric vehicle charging points",
    "Flood storage areas",
    "Geological sites of local interest",
    "Green corridors",
    "Hedgerows of importance",
    "Hot food takeaway zones",
    "Land banks",
    "Local views",
    "Neighbourhood forums",
    "Public conveniences",
    "Quiet areas",
    "Shop fronts",
    "Village greens",
    "Water refill points",
    "Wildlife bridges",
)
"""Invented considerations, not those of the existing platform."""

REPORTS: Final = 56
"""Pieces of feedback in half a year: two a week."""

HALF_YEAR: Final = timedelta(days=182)


def tell_provision(
    tale: Tale, seed: int, model: Streams, provisions: Sequence[tuple[str, str]], live: Mapping[tuple[str, str], object]
) -> None:
    """Every provision (dataset, organisation) was asked for; the `live` ones are through, the others are on their way.

    Those on their way have not been configured: where the data was found good, it waits for that.
    """
    stages = [stage for stage in model.by_name["provision"].stages if stage.item_type == "provision"]
    before = [stage for stage in stages if stage.stage in ("ask", "publish-locally", "check")]
    for dataset, organisation in provisions:
        item = Item("provision", f"{dataset}/{organisation}", dataset, organisation)
        name = f"provision {item.key}"
        if (dataset, organisation) not in live:
            asked = tale.until - timedelta(days=draw(seed, f"{name} began").uniform(1, 60))
            good = pass_through(tale, draw(seed, name), item, before, PROVISION, asked)
            if good:
                whose = {"dataset": dataset, "organisation": organisation}
                tale.say(good, item.item_type, item.key, "configure", Kind.READY, **whose)
            continue
        days = draw(seed, f"{name} began").uniform(60, 180)
        while not _is_through(seed, item, model, tale.until, tale.until - timedelta(days=days)):
            days += 15
        pass_through(tale, draw(seed, name), item, stages, PROVISION, tale.until - timedelta(days=days))


def _is_through(seed: int, item: Item, model: Streams, until: datetime, start: datetime) -> bool:
    """Whether a provision that is asked for at `start` is live by `until`: its chances do not depend on the moment."""
    stages = [stage for stage in model.by_name["provision"].stages if stage.item_type == "provision"]
    done = pass_through(Tale(start), draw(seed, f"provision {item.key}"), item, stages, PROVISION, start)
    return done is not None and done <= until


def tell_standards(tale: Tale, seed: int, model: Streams) -> None:
    """Considerations that somebody thought of in the last two years."""
    stages = model.by_name["standards"].stages
    for name in CONSIDERATIONS:
        random = draw(seed, f"consideration {name}")
        start = tale.until - timedelta(days=random.uniform(5, 700))
        pass_through(tale, random, Item("consideration", name), stages, STANDARDS, start)


def tell_feedback(tale: Tale, seed: int, model: Streams, datasets: Sequence[str]) -> None:
    """What was reported in the last half year."""
    stages = model.by_name["feedback"].stages
    for number in range(1, REPORTS + 1):
        random = draw(seed, f"feedback {number}")
        start = tale.until - HALF_YEAR * random.random()
        item = Item("feedback", f"feedback-{number:03d}", random.choice(datasets))
        pass_through(tale, random, item, stages, FEEDBACK, start)
