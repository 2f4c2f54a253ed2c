"""The main flow: one night, from endpoints to a release."""

import time

import polars as pl

from headrace.collect.policy import Policy
from headrace.flow.night import night as measure_night
from headrace.report.night_summary import NightSummary
from headrace.run.assembly import assemble_datasets
from headrace.run.collection import collect_endpoints
from headrace.run.departure import abandon_retired
from headrace.run.digital_land import publish_digital_land
from headrace.run.expectation import judge_expectations
from headrace.run.hold import hold_datasets
from headrace.run.issue_history import record_issues
from headrace.run.others import find_live_others
from headrace.run.provision import tell_provisions
from headrace.run.publication import publish_datasets, release_artefacts
from headrace.run.quality_report import record_numbers
from headrace.run.record import publish_record
from headrace.run.repair import tell_repairs
from headrace.run.tools import Night
from headrace.run.transformation import transform_resources


def run_night(night: Night, policy: Policy, hold_on: str | None = None) -> NightSummary:
    """Collect what is due, transform what is new, assemble what changed, and release it.

    A night about some datasets releases them beside the others that are configured, which stay as they are live.
    Datasets with a failed expectation of severity `hold_on` or graver stay as they are live; None holds none.

    An interrupted night is run again: what was done is found and not done twice, and the release is the same.
    """
    cpu = time.process_time()
    collected = collect_endpoints(night, policy)
    tell_repairs(night)
    transformed = transform_resources(night)
    abandon_retired(night, transformed.standing)
    assembled = assemble_datasets(night, transformed.standing)
    record_issues(night, transformed.standing, assembled)
    others = find_live_others(night)
    judged = judge_expectations(night, assembled, others)
    released = others | hold_datasets(night, assembled, judged, hold_on)
    artefacts = publish_datasets(night, released)
    release = release_artefacts(night, released, artefacts)
    tell_provisions(night, transformed.standing, assembled)
    night.events.close()
    publish_digital_land(night)
    publish_record(night, judged)
    record_numbers(night)
    done = transformed.done
    helped = sum(each.cpu_seconds for each in done) if night.executor else 0.0
    return NightSummary(
        run=night.run,
        attempts=collected.attempts,
        failed_attempts=collected.failed,
        new_resources=collected.new,
        unchanged_resources=collected.unchanged,
        entries=sum(each.entries for each in done),
        facts=sum(each.facts for each in done),
        issues=sum(each.issues for each in done),
        refused=sum(each.refused for each in done),
        entities=sum(each.summary.entities for each in assembled.values()),
        release=release.id if release else None,
        held=sum(released.get(dataset) is not each for dataset, each in assembled.items()),
        faults=len(transformed.broken),
        seconds_by_stage=_seconds_by_stage(night),
        cpu_seconds=time.process_time() - cpu + helped,
    )


def _seconds_by_stage(night: Night) -> dict[str, float]:
    measured = measure_night(night.events.read(pl.col("run") == night.run), night.run)
    return {stage: seconds for stage, seconds in measured.select("stage", "seconds").iter_rows() if seconds is not None}
