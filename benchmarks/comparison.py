"""How far the results of Headrace agree with those of the existing platform, and in what they differ.

Facts are compared by entry and hash; issues by entry, field, type and value. What is said twice counts twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from difference_class import Difference, classify
from peer_run import Made

FACT = ["dataset", "resource", "entry-number", "fact"]
ISSUE = ["dataset", "resource", "entry-number", "field", "issue-type", "value"]
PLACE = ["dataset", "resource", "entry-number", "field"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sets of results beside one another.

    Attributes:
        scores: one row a dataset: `dataset`, then for facts and issues `<kind>`, how many the existing platform has,
            `<kind>-equal`, `-missing`, `-extra`; `refused` records.
        differences: one row a missing or extra fact or issue: `kind` (fact, issue), `side` (missing, extra), `dataset`,
            `resource`, `entry-number`, `field`, `issue-type`, `value`, `class`.
    """

    scores: pl.DataFrame
    differences: pl.DataFrame

    def shares(self, kind: str) -> dict[str, float]:
        """By dataset, the percentage of the existing platform's facts or issues that are equal here."""
        whole, equal = self.scores[f"{kind}s"], self.scores[f"{kind}s-equal"]
        share = pl.Series([100.0 * part / of if of else 100.0 for part, of in zip(equal, whole, strict=True)])
        return dict(zip(self.scores["dataset"], share, strict=True))


def compare(shared: Path, made: Sequence[Made]) -> Comparison:
    """Compare what Headrace made of runs with what the existing platform did."""
    datasets = sorted({one.run.dataset for one in made})
    scores, differences = pl.DataFrame({"dataset": datasets}), []
    for kind, key in (("fact", FACT), ("issue", ISSUE)):
        theirs = pl.read_parquet(shared / "expected" / "peer" / f"{kind}s.parquet")
        theirs = theirs.filter(pl.col("dataset").is_in(datasets))
        ours = pl.concat([one.facts if kind == "fact" else one.issues for one in made])
        sides = _agree(ours, theirs, key)
        scores = _count(scores, f"{kind}s", theirs)
        for side, frame in sides.items():
            scores = _count(scores, f"{kind}s-{side}", frame)
        said = [pl.col(name) for name in (*PLACE, "value")]
        issue_type = pl.col("issue-type") if kind == "issue" else pl.lit(None, pl.String).alias("issue-type")
        differences += [
            sides[side].select(pl.lit(kind).alias("kind"), pl.lit(side).alias("side"), *said, issue_type)
            for side in ("missing", "extra")
        ]
    refused = pl.DataFrame({"dataset": [one.run.dataset for one in made], "refused": [one.refused for one in made]})
    scores = scores.join(refused.group_by("dataset").sum(), on="dataset", how="left")
    return Comparison(scores.sort("dataset"), _with_classes(pl.concat(differences), made, shared))


def _count(scores: pl.DataFrame, name: str, frame: pl.DataFrame) -> pl.DataFrame:
    counted = frame.group_by("dataset").agg(pl.len().cast(pl.Int64).alias(name))
    return scores.join(counted, on="dataset", how="left").with_columns(pl.col(name).fill_null(0))


def _agree(ours: pl.DataFrame, theirs: pl.DataFrame, key: list[str]) -> dict[str, pl.DataFrame]:
    """Rows that both have, that only they have, and that only we have."""
    left, right = (frame.with_columns(pl.int_range(pl.len()).over(key).alias("#")) for frame in (ours, theirs))
    on = [*key, "#"]
    return {
        "equal": left.join(right, on=on, how="semi", nulls_equal=True),
        "missing": right.join(left, on=on, how="anti", nulls_equal=True),
        "extra": left.join(right, on=on, how="anti", nulls_equal=True),
    }


def _with_classes(differences: pl.DataFrame, made: Sequence[Made], shared: Path) -> pl.DataFrame:
    converted = pl.read_parquet(shared / "expected" / "peer" / "converted-resources.parquet")
    failed = set(converted.filter(pl.col("status") == "failed").select("dataset", "resource").iter_rows())
    of_run = {(one.run.dataset, one.run.resource): one for one in made}
    classes: dict[tuple[str, ...], str] = {}
    for place, rows in differences.group_by(PLACE):
        one = of_run[place[0], place[1]]
        told = {side: rows.filter(pl.col("side") == side)["value"].fill_null("") for side in ("missing", "extra")}
        classes[place] = classify(
            Difference(
                field=place[3],
                theirs=tuple(told["missing"]),
                ours=tuple(told["extra"]),
                issue_types=frozenset(rows["issue-type"].drop_nulls()),
                read_there=place[:2] not in failed,
                read_here=one.is_read,
                mime_type=one.mime_type,
                delimiter=one.delimiter,
            )
        )
    named = pl.Series("class", [classes[place] for place in differences.select(PLACE).iter_rows()], pl.String)
    return differences.with_columns(named)
