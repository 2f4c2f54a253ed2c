"""Entities that the files of their organisation no longer speak of."""

from typing import Final

import polars as pl

from headrace.report.quality.entity_details import failed, with_entity, with_organisation
from headrace.report.quality.material import Material
from headrace.report.quality.standing_report import Measure, StandingReport

_DETAILS: Final = pl.Struct({"entities": pl.List(pl.Int64)})


def _make(material: Material) -> pl.DataFrame:
    found = (
        failed(material, ("count_deleted_entities",))
        .select("dataset", entity=pl.col("details").str.json_decode(_DETAILS).struct.field("entities"))
        .explode("entity")
        .drop_nulls("entity")
        .unique(maintain_order=True)
    )
    rows = with_organisation(with_entity(found, material), material)
    together = pl.len().over("dataset", "organisation")
    return (
        rows.rename({"name": "entity_name"})
        .with_columns(
            pl.lit("ask the publisher whether it was removed; end-date it if so").alias("next_action"),
            missing_together=together.cast(pl.Int64),
        )
        .sort(
            "missing_together",
            "dataset",
            "organisation",
            "entity",
            descending=[True, False, False, False],
            nulls_last=True,
        )
    )


REPORT: Final = StandingReport(
    name="deleted-entities",
    title="Entities deleted",
    question="Which entities has a publisher left out of the files that it publishes now?",
    decision="What to ask the publisher: removed on purpose, or lost?",
    logic=(
        "Where the expectation count_deleted_entities of an organisation failed, each entity that the release has "
        "of the organisation and none of the files that it publishes now says anything of; by identity, not by "
        "count. The organisation that lost most comes first."
    ),
    columns={
        "dataset": "what the entity is in",
        "organisation": "whose it is, as a CURIE",
        "organisation_name": "what people call the organisation",
        "entity": "its number",
        "reference": "the publisher's reference",
        "entity_name": "what it is called",
        "quality": "authoritative or some",
        "entry_date": "its entry date",
        "missing_together": "how many of the organisation are missing in the dataset",
        "next_action": "what to do",
    },
    make=_make,
    measures=(Measure("deleted", "entities that no file speaks of any more", pl.len()),),
    shown=("dataset", "organisation_name", "entity", "reference", "entity_name", "missing_together", "next_action"),
)
