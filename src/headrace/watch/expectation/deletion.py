"""How many entities of an organisation its files no longer speak of."""

import polars as pl

from headrace.watch.expectation.evidence import Evidence
from headrace.watch.expectation.judgement import Judgement, judge_count
from headrace.watch.expectation.parameters import Parameters


def count_deleted_entities(evidence: Evidence, parameters: Parameters) -> Judgement:
    """Count the entities of `organisation_entity` that none of the files it publishes now says anything of."""
    of_organisation = pl.col("organisation_entity") == parameters.number("organisation_entity")
    held = evidence.entity.filter(of_organisation).select("entity")
    stated = evidence.active.filter(of_organisation).select("entity")
    entities = held.join(stated, on="entity", how="anti")["entity"].sort().to_list()
    of_what = "entities that its files no longer speak of"
    return judge_count(len(entities), parameters, "equals_to", of_what, entities=entities)
