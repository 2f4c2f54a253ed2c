"""How good the data of each organisation is: from none to authoritative and trustworthy."""

from typing import Final

import polars as pl

from headrace.report.quality.collected import days_since, with_name
from headrace.report.quality.material import Material
from headrace.report.quality.standing_report import Measure, StandingReport

LEVELS: Final = (
    "no data",
    "some data, from others",
    "usable data, from others",
    "trustworthy data, from others",
    "authoritative data",
    "authoritative, usable data",
    "authoritative, trustworthy data",
)
"""What each level is called: the rung (some, usable, trustworthy), and three more where it is the authority's own."""

READY: Final = 4
"""The level from which planning software can rely on a dataset."""

OLD_DAYS: Final = 365
"""Data of one source for the whole country that is older cannot be trustworthy."""

TRUSTWORTHY: Final = 3

_HERE: Final = ["dataset", "organisation"]


def _make(material: Material) -> pl.DataFrame:
    held = _held(material)
    wrong = _criteria(material)
    expected = _expected(material)
    rows = (
        pl.concat([held.select(_HERE), expected.select(_HERE)])
        .unique(maintain_order=True)
        .join(held, on=_HERE, how="left", maintain_order="left")
        .join(wrong, on=_HERE, how="left", maintain_order="left")
        .join(expected, on=_HERE, how="left", maintain_order="left")
        .with_columns(
            pl.col("entities").fill_null(0),
            age_days=days_since(pl.col("newest_entry").str.to_date(strict=False), material),
        )
        .with_columns(
            single_source=pl.col("organisation").n_unique().over("dataset") == 1,
            rung=(pl.col("worst") - 1).fill_null(TRUSTWORTHY),
        )
        .with_columns(level=_level())
        .with_columns(
            quality=pl.col("level").replace_strict(dict(enumerate(LEVELS)), return_dtype=pl.String),
            next_action=_next_action(),
        )
    )
    ready = _ready(rows, material)
    named = with_name(rows.join(ready, on="organisation", how="left", maintain_order="left"), material)
    # What is not there at all is dealt with where the provision is: first comes what can be mended.
    order = [pl.col("level") == 0, pl.col("level"), pl.col("entities"), pl.col("dataset"), pl.col("name")]
    return named.sort(order, descending=[False, False, True, False, False])


def _held(material: Material) -> pl.DataFrame:
    """What each organisation has in each dataset: entities, whether any is authoritative, and the newest entry."""
    whose = material.organisations.select("organisation", organisation_entity="entity").drop_nulls()
    owned = material.entities.join(whose.unique("organisation_entity", keep="first"), on="organisation_entity")
    return owned.group_by(_HERE, maintain_order=True).agg(
        entities=pl.len().cast(pl.Int64),
        authoritative=(pl.col("quality") == "authoritative").any(),
        newest_entry=pl.col("entry_date").max(),
    )


def _criteria(material: Material) -> pl.DataFrame:
    """The worst criterion that the issues of each organisation fail: `worst` is its level, 2 or 3."""
    judged = material.issue_types.select("issue_type", "quality_criteria", "quality_criteria_level").drop_nulls()
    issues = material.issues.join(judged, on="issue_type").with_columns(pl.col("organisation").str.split(";"))
    return (
        issues.explode("organisation")
        .group_by(*_HERE, "quality_criteria_level", "quality_criteria")
        .agg(pl.col("count").sum())
        .sort("quality_criteria_level", "count", descending=[False, True])
        .group_by(_HERE, maintain_order=True)
        .agg(
            worst=pl.col("quality_criteria_level").first(),
            criterion=pl.col("quality_criteria").first(),
            failing_issues=pl.col("count").first(),
        )
    )


def _expected(material: Material) -> pl.DataFrame:
    """What is expected of each organisation, with the project that expects it."""
    today = material.today.isoformat()
    standing = material.provisions.filter(pl.col("end_date").str.slice(0, 10).fill_null("9999") >= today)
    here = standing.join(material.datasets.select("dataset"), on="dataset", how="semi", maintain_order="left")
    return here.select(*_HERE, "project").unique(_HERE, keep="first", maintain_order=True)


def _level() -> pl.Expr:
    is_old = pl.col("single_source") & (pl.col("age_days") > OLD_DAYS).fill_null(value=False)
    rung = pl.when(is_old).then(pl.min_horizontal("rung", pl.lit(TRUSTWORTHY - 1))).otherwise(pl.col("rung"))
    authority = pl.when(pl.col("authoritative")).then(3).otherwise(0)
    return pl.when(pl.col("entities") == 0).then(0).otherwise(rung + authority).cast(pl.Int64)


def _next_action() -> pl.Expr:
    return (
        pl.when(pl.col("entities") == 0)
        .then(pl.lit("see the status of the provision: nothing of it is published"))
        .when(pl.col("worst").is_not_null())
        .then(pl.format("mend {} issues of: {}", pl.col("failing_issues"), pl.col("criterion")))
        .when(~pl.col("authoritative").fill_null(value=False))
        .then(pl.lit("get the data from the authority itself"))
        .otherwise(pl.lit("nothing"))
    )


def _ready(rows: pl.DataFrame, material: Material) -> pl.DataFrame:
    """Whether every geography that a project expects of an organisation is at the level that software can rely on."""
    places = material.datasets.filter(pl.col("typology") == "geography").select("dataset")
    asked = rows.filter(pl.col("project").is_not_null()).join(places, on="dataset", how="semi")
    return asked.group_by("organisation").agg(ready=(pl.col("level") >= READY).all())


REPORT: Final = StandingReport(
    name="quality-level",
    title="Quality levels",
    question="How good is what each organisation has in each dataset, and can planning software rely on it?",
    decision="Which authority is ready for planning software, and what keeps the others from it.",
    logic=(
        "One row for each organisation and dataset that has entities or is expected. The rung is some (1), usable "
        "(2) or trustworthy (3), from the worst criterion of quality that an issue of its files fails: a "
        "criterion of level 2 leaves it at some, of level 3 at usable. Data of a dataset that has one "
        f"organisation only and nothing newer than {OLD_DAYS} days is usable at best. Three is added where any "
        "entity of the organisation is authoritative; there is no level where there is no entity. An organisation "
        f"is ready where every geography that a project expects of it has level {READY} or more. The lowest level "
        "of what is there comes first, and the most entities within it."
    ),
    columns={
        "dataset": "what is judged",
        "organisation": "whose it is, as a CURIE",
        "name": "what people call the organisation",
        "level": "0 to 6",
        "quality": "the level in words",
        "entities": "how many entities of the dataset are the organisation's",
        "authoritative": "whether any of them comes from the authority itself",
        "criterion": "the worst criterion that its files fail",
        "failing_issues": "how many issues fail it",
        "newest_entry": "the newest entry date of its entities",
        "age_days": "days since then",
        "project": "the project that expects it, if any",
        "ready": "whether every geography that a project expects of the organisation has level 4 or more",
        "next_action": "what to do",
    },
    make=_make,
    measures=(
        *(
            Measure(f"level {level}", f"organisations with {words} in a dataset", (pl.col("level") == level).sum())
            for level, words in enumerate(LEVELS)
        ),
        Measure(
            "ready",
            "organisations that planning software can rely on",
            pl.col("organisation").filter(pl.col("ready")).n_unique(),
        ),
    ),
    shown=("dataset", "name", "level", "quality", "entities", "criterion", "failing_issues", "ready", "next_action"),
)
