"""The work list of a lake: what it is made from, and all of it ranked."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import polars as pl

from headrace.collect.schedule import Action
from headrace.flow.endpoint_month import Shown
from headrace.flow.repair import given_up
from headrace.flow.stream import Passages, passages
from headrace.model.error import ReleaseError
from headrace.model.release import Release
from headrace.model.stage import Streams
from headrace.report.issue_list import LIST_SCHEMA
from headrace.report.work_list import Ranked, Reach, rank_work
from headrace.run.endpoint_errors import EndpointErrors, Known, list_month, read_endpoint_errors, read_known
from headrace.run.issue_list import list_issues_of
from headrace.run.work import (
    find_at_stages,
    find_blockers,
    find_held_datasets,
    find_issues,
    find_silences,
    make_endpoint_work,
)
from headrace.store.dataset_tables import scan_table
from headrace.store.event_record import EventRecord
from headrace.store.lake import Lake
from headrace.store.processing_record import ProcessingRecord
from headrace.store.releases import Releases
from headrace.store.streams import read_streams

WORTH_WORK: Final = ("error", "warning")
"""Severities of issues that are work."""


@dataclass(frozen=True, slots=True)
class Released:
    """What a release says of work: made once for each.

    Attributes:
        reach: how many entities it holds, of whom.
        issues: `LIST_SCHEMA` of the issues that are for the service to put right, and worth it.
    """

    reach: Reach = field(default_factory=Reach)
    issues: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=LIST_SCHEMA))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What the work list is made from.

    Attributes:
        passed: the event record.
        errors: the collection log.
        known: what is known of endpoints beside it.
        released: the live release.
        model: the stages.
    """

    passed: Passages
    errors: EndpointErrors
    known: Known
    released: Released
    model: Streams


def read_sources(lake: Lake) -> Sources:
    """Everything in a lake from which the work list is made.

    Raises:
        SettingsError: an environment variable has a value that cannot be used.
    """
    passed = passages(EventRecord(lake, "reader").read(), read_streams())
    return Sources(
        passed=passed,
        errors=read_endpoint_errors(lake),
        known=read_known(lake, passed),
        released=read_released(lake, Releases(lake).live()),
        model=read_streams(),
    )


def read_released(lake: Lake, release: Release | None) -> Released:
    """What a release says of work; nothing where there is none."""
    if release is None:
        return Released()
    names = _organisations(ProcessingRecord(lake))
    counts: dict[tuple[str, str | None], int] = {}
    issues = [pl.DataFrame(schema=LIST_SCHEMA)]
    ours = (pl.col("responsibility") == "internal") & pl.col("severity").is_in(WORTH_WORK)
    for summary in release.datasets:
        folder = lake.assembled_folder(summary.dataset, summary.inputs)
        owned = scan_table(folder, "entity").group_by("organisation_entity").len().collect()
        for entity, number in owned.iter_rows():
            counts[summary.dataset, names.get(entity)] = counts.get((summary.dataset, names.get(entity)), 0) + number
        try:
            issues.append(list_issues_of(lake, summary).filter(ours))
        except ReleaseError:
            continue  # it was assembled before issues had a history, and is so again tonight
    return Released(Reach(counts), pl.concat(issues))


def find_work(sources: Sources, now: datetime) -> list[Ranked]:
    """All that waits for a person, ranked. Nobody mends an endpoint that was given up, however it last failed."""
    errors, known, passed, model = sources.errors, sources.known, sources.passed, sources.model
    failing = list_month(errors, errors.last, Shown.FAILING, known) if errors.last else []
    gone = given_up(passed.visits)
    found = [
        *(
            make_endpoint_work(each)
            for each in failing
            if each.endpoint not in gone and (each.replacement or each.action in (Action.TELL, Action.RETIRE))
        ),
        *find_at_stages(passed.visits, model, now),
        *find_held_datasets(passed.visits, now),
        *find_issues(sources.released.issues),
        *find_blockers(passed, now),
        *find_silences(passed, model, now),
    ]
    return rank_work(found, sources.released.reach, now)


def _organisations(record: ProcessingRecord) -> dict[int, str]:
    """The CURIE of every organisation by its entity number."""
    if record.live() is None:
        return {}
    told = record.read("organisation", pl.Schema({"organisation": pl.String, "entity": pl.String}))
    known = told.with_columns(pl.col("entity").cast(pl.Int64, strict=False)).drop_nulls()
    return {entity: organisation for organisation, entity in known.iter_rows()}
