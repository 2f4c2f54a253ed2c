from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from headrace.report.work_list import ALL_PUBLISHED, Kind, Reach, Work, WorkChoice, rank_work

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
WORK = Work(
    kind=Kind.ENDPOINT,
    what="w",
    items=1,
    dataset="tree",
    organisation="x:A",
    since=NOW - timedelta(days=2),
    role="data manager",
    action="tell",
)
REACH = Reach({("tree", "x:A"): 30, ("tree", "x:B"): 70, ("park", "x:A"): 900})


@pytest.mark.parametrize(
    ("dataset", "organisation", "affected"),
    [
        ("tree", "x:A", (30, "entities of x:A in tree")),
        ("tree", None, (100, "entities in tree")),
        (None, "x:A", (930, "entities of x:A")),
        ("tree", "x:C", (1, "that waits")),
        (None, None, (1, "that waits")),
    ],
)
def test_what_grows_old_is_what_is_published(
    dataset: str | None, organisation: str | None, affected: tuple[int, str]
) -> None:
    """By the dataset and the organisation that are known; where nothing is published, what waits counts itself."""
    assert affected == REACH.affected(replace(WORK, dataset=dataset, organisation=organisation))


def test_silence_affects_everything() -> None:
    """A missed night makes all of it old."""
    assert (1_000, "entities of all datasets") == REACH.affected(
        replace(WORK, kind=Kind.SILENCE, dataset=None, organisation=None)
    )


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in ALL_PUBLISHED])
def test_other_work_affects_its_items(kind: Kind) -> None:
    """Seven references without a number are seven things that nobody finds."""
    assert (7, "that wait") == REACH.affected(replace(WORK, kind=kind, items=7))


def test_work_is_ranked_by_how_many_it_affects_times_its_age() -> None:
    """Ten days of thirty before two of a hundred; one item that is twice as old as another before it."""
    days_ago = [NOW - timedelta(days=days) for days in range(11)]
    work = [
        replace(WORK, what="hundred", organisation=None),
        replace(WORK, what="old", since=days_ago[10]),
        replace(WORK, what="item", kind=Kind.ISSUE, since=days_ago[3]),
        replace(WORK, what="older item", kind=Kind.ISSUE, since=days_ago[6]),
    ]
    ranked = rank_work(work, REACH, NOW)
    assert [("old", 300.0), ("hundred", 200.0), ("older item", 6.0), ("item", 3.0)] == [
        (each.work.what, each.weight) for each in ranked
    ]
    assert [1, 2, 3, 4] == [each.rank for each in ranked]


def test_the_order_of_what_weighs_the_same_is_always_the_same() -> None:
    """Whatever the order in which it was found; what is not there yet weighs nothing."""
    work = [replace(WORK, what=name, since=NOW + timedelta(hours=1)) for name in "abc"]
    assert rank_work(work, REACH, NOW) == rank_work(reversed(work), REACH, NOW)
    assert [0.0] * 3 == [each.age_days for each in rank_work(work, REACH, NOW)]


def test_a_choice_keeps_the_rank_among_all() -> None:
    """So that a data manager sees where their work stands."""
    work = [replace(WORK, what="a", since=NOW - timedelta(days=9), role="developer"), replace(WORK, what="b")]
    ranked = rank_work(work, REACH, NOW)
    assert [(2, "b")] == [(each.rank, each.work.what) for each in WorkChoice(role="data manager").choose(ranked)]
    assert [] == WorkChoice(kind=Kind.HELD).choose(ranked)
    assert ranked == WorkChoice(dataset="tree", organisation="x:A").choose(ranked)


def test_a_row_is_flat() -> None:
    """The rank first, then the work, then how it weighs."""
    row = rank_work([WORK], REACH, NOW)[0].as_row()
    assert ("rank", "kind") == tuple(row)[:2]
    assert (1, "w", 30, 2.0, 60.0) == tuple(row[name] for name in ("rank", "what", "affected", "age_days", "weight"))
