"""What is made of a release: each kind of fault is held and its provider named, and a night's work is not."""

from collections.abc import Callable

import polars as pl
import pytest
import shapely

from canary_entities import COUNCILS, areas
from headrace.watch.canary.judge import judge_pair
from headrace.watch.canary.ordinary import Ordinary
from headrace.watch.canary.pair import make_pair
from headrace.watch.canary.verdict import DatasetVerdict

COUNCIL = COUNCILS[1]
THEIRS = pl.col("organisation") == COUNCIL


def judge(before: pl.DataFrame, after: pl.DataFrame) -> DatasetVerdict:
    return judge_pair(make_pair("conservation-area", before, after), Ordinary())


def where(change: pl.Expr) -> pl.Expr:
    """The change for the council's rows."""
    return pl.when(THEIRS).then(change).otherwise(pl.col(change.meta.output_name())).alias(change.meta.output_name())


def reshape(frame: pl.DataFrame, change: Callable[..., object]) -> pl.DataFrame:
    """The frame with the geometries of the council changed."""
    shapes = shapely.from_wkb(frame["shape"].to_numpy())
    theirs = frame.select(THEIRS).to_series().to_numpy()
    shapes[theirs] = change(shapes[theirs])
    return frame.with_columns(pl.Series("shape", list(shapely.to_wkb(shapes)), dtype=pl.Binary))


def copy(frame: pl.DataFrame) -> pl.DataFrame:
    """The council's rows a second time, as other entities."""
    more = frame.filter(THEIRS).with_columns(pl.col("entity") + "9", pl.col("reference") + "-2")
    return pl.concat([frame, more])


FAULTS: dict[str, Callable[[pl.DataFrame], pl.DataFrame]] = {
    "absent-provider": lambda frame: frame.filter(~THEIRS),
    "lost": lambda frame: frame.filter(~THEIRS | (pl.col("reference").str.slice(2).cast(pl.Int64) % 2 == 0)),
    "copied": copy,
    "repeated-entity": lambda frame: pl.concat([frame, frame.filter(THEIRS).head(1)]),
    "repeated-reference": lambda frame: frame.with_columns(where(pl.lit("CA1").alias("reference"))),
    "renumbered": lambda frame: frame.with_columns(
        where(pl.col("entity") + "7"), where((pl.lit("N") + pl.col("reference")).alias("reference"))
    ),
    "swapped": lambda frame: reshape(frame, lambda shapes: shapely.transform(shapes, lambda xy: xy[:, ::-1])),
    "outside": lambda frame: reshape(frame, lambda shapes: shapely.transform(shapes, lambda xy: xy * 100_000)),
    "moved": lambda frame: reshape(frame, lambda shapes: shapely.transform(shapes, lambda xy: xy + 0.01)),
    "resized": lambda frame: reshape(frame, lambda shapes: shapely.buffer(shapes, 0.002)),
    "coarser": lambda frame: reshape(frame, lambda shapes: shapely.simplify(shapes, 0.0004)),
    "no-shape": lambda frame: frame.with_columns(where(pl.lit(None, pl.Binary).alias("shape"))),
    "emptied": lambda frame: frame.with_columns(where(pl.lit(None, pl.String).alias("name"))),
    "recased": lambda frame: frame.with_columns(where(pl.col("name").str.to_lowercase())),
    "cut-short": lambda frame: frame.with_columns(where(pl.col("name").str.head(6))),
    "misread": lambda frame: frame.with_columns(where((pl.col("name") + "â€™").alias("name"))),
    "shifted": lambda frame: frame.with_columns(
        where(pl.col("start-date").str.to_date().dt.offset_by("1d").cast(pl.String).alias("start-date"))
    ),
    "exchanged": lambda frame: frame.with_columns(where(pl.col("name").shift(1).over("organisation").fill_null("?"))),
}


@pytest.mark.parametrize("check", FAULTS)
def test_a_fault_of_one_provider_is_held_and_the_provider_named(check: str) -> None:
    """By the check that says best what happened, with rows that show it."""
    before = areas()

    judged = judge(before, FAULTS[check](before))

    assert judged.verdict == ("fail" if check == "repeated-entity" else "hold")
    assert (COUNCIL,) == judged.held
    first = judged.reasons[0]
    assert (check, COUNCIL) == (first.check, first.organisation)
    assert {COUNCIL} == {row["organisation"] for row in first.evidence}


def test_a_night_of_work_passes() -> None:
    """One area of twelve is gone, two are new, one has another name and one a better boundary."""
    before = areas()
    new = areas(14).filter(pl.col("reference").is_in(["CA12", "CA13"]) & THEIRS)
    first, second = (THEIRS & (pl.col("reference") == name) for name in ("CA1", "CA2"))
    after = pl.concat([before.filter(~first), new]).with_columns(
        name=pl.when(second).then(pl.lit("Old Mill")).otherwise("name")
    )

    judged = judge(before, after)

    assert ("pass", 1, ()) == (judged.verdict, judged.providers, judged.reasons)


def test_what_lies_between_is_inconclusive_without_a_past() -> None:
    """A third of the areas gone may be ordinary; nobody knows yet."""
    before = areas()

    judged = judge(before, before.filter(~THEIRS | (pl.col("reference").str.slice(2).cast(pl.Int64) >= 4)))

    assert ("inconclusive", ()) == (judged.verdict, judged.held)


def test_the_same_at_many_providers_is_for_a_developer() -> None:
    """The cause of names lost everywhere is not with the councils."""
    before = areas()

    judged = judge(before, before.with_columns(name=pl.lit(None, pl.String)))

    assert ("dropped-field", None, "developer") == (
        judged.reasons[0].check,
        judged.reasons[0].organisation,
        judged.reasons[0].releases,
    )


def test_nothing_to_compare_is_inconclusive_and_nothing_left_fails() -> None:
    some, none = areas(), areas().clear()

    assert ["inconclusive", "inconclusive", "fail", "pass"] == [
        judge(*each).verdict for each in ((none, none), (none, some), (some, none), (some, some))
    ]


def test_many_more_issues_hold() -> None:
    """Where something differs at all and it is known how many issues there were."""
    before = areas()
    pair = make_pair("conservation-area", before, before.head(35))

    said = [judge_pair(pair, Ordinary(), issues).verdict for issues in ((10, 12), (10, 60))]

    assert ["pass", "hold"] == said
