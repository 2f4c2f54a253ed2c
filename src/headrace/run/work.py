"""What is work: in the event record, among failing endpoints, and among the issues of a release."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from shlex import quote as shell
from typing import Any, Final, TypeAlias
from urllib.parse import quote, urlencode

import polars as pl

from headrace.collect.schedule import Action
from headrace.flow.awaited import Awaited
from headrace.flow.dependency import blocks, caused, rank
from headrace.flow.silence import Finding, silence
from headrace.flow.stream import PERIOD, Passages
from headrace.flow.visits import WAITING
from headrace.model.event import Stage
from headrace.model.stage import StageModel, Streams
from headrace.report.work_list import Kind, Work
from headrace.run.endpoint_errors import ListedMonth

MANAGER: Final = "data manager"
"""Who sees to endpoints, references and issues."""

PIPELINE: Final = "pipeline"
"""The role of a stage at which no person does the work."""

PERSON: Final = "person"
"""Type of a blocker that is a person or a team."""

PROVIDER: Final = "data provider"
"""The role of a stage at which publishers do the work."""

WAIT_FOR_PERSON: Final = (Awaited.OPERATOR.value, Awaited.REVIEWER.value, Awaited.PROVIDER.value)
"""What waits for one of these waits for a person."""

SEEN_ELSEWHERE: Final = (Stage.COLLECT.value, "repair")
"""Stages at which an endpoint waits for its publisher: the collection log says more of it than the event record."""

ROUNDING: Final = timedelta(seconds=1)
"""How far an age in seconds may be from the moments that it lies between."""

SAID_BY_ASSIGN: Final = ("unknown entity",)
"""Issue types that say again what waits at the stage `assign`."""

Row: TypeAlias = dict[str, Any]
"""A row of a frame, by the names of its columns, whose values are of any kind."""

IN_LAKE: Final = "--lake LAKE"
AS_CONFIGURED: Final = "--config CONFIG --specification SPECIFICATION"


def make_endpoint_work(row: ListedMonth) -> Work:
    """What is to be done about an endpoint that fails: rules of the schedule, and of the search for replacements."""
    since = datetime.combine(row.failing_since or row.last_on, time(), UTC)
    whose = f"--dataset {shell(row.dataset or 'DATASET')}"
    if row.replacement:
        kind, action = Kind.REPLACEMENT, f"Check the new address {row.replacement}, and configure it"
        command = f"headrace endpoint check {shell(row.replacement)} {whose} {AS_CONFIGURED}"
    elif row.action is Action.RETIRE:
        kind, action = Kind.ENDPOINT, "Look for a new source; where there is none, end it: its end-date in endpoint.csv"
        command = f"headrace endpoint list --failing --look {IN_LAKE} --config CONFIG"
    else:
        kind, action = Kind.ENDPOINT, "Tell its publisher"
        command = f"headrace report provider {shell(row.organisation or 'ORGANISATION')} {whose} {IN_LAKE}"
    return Work(
        kind=kind,
        what=row.url or row.endpoint,
        items=1,
        dataset=row.dataset,
        organisation=row.organisation,
        stage=Stage.COLLECT.value,
        since=since,
        role=MANAGER,
        reason=row.reason,
        action=action,
        command=command,
        address=f"/endpoint/{row.endpoint}",
    )


def find_at_stages(visits: pl.DataFrame, model: Streams, now: datetime) -> Iterable[Work]:
    """What waits for a person at the stages.

    References of a dataset that wait for the same reason are one thing to do, and so are resources of a publication.
    """
    of_people = [stage.stage for stage in model.stages.values() if stage.role != PIPELINE]
    for_person = pl.col("waits_for").is_in(WAIT_FOR_PERSON)
    is_next = pl.col("stage").is_in(of_people) & (pl.col("waits_for") != Awaited.DEPENDENCY.value)
    waiting = visits.filter(
        WAITING & (pl.col("ready_at") <= now) & (for_person | is_next) & ~pl.col("stage").is_in(SEEN_ELSEWHERE)
    )
    is_reference = pl.col("item_type") == "reference"
    grouped = waiting.group_by(
        "stage",
        "dataset",
        pl.when(is_reference).then("reason").alias("for"),
        pl.when(~is_reference).then("organisation").alias("of"),
        pl.when(~is_reference & (pl.col("item_type") != "resource")).then("item").alias("alone"),
    ).agg(
        pl.len().alias("items"),
        pl.col("item_type").first(),
        pl.col("organisation").unique().drop_nulls().alias("organisations"),
        since=pl.col("ready_at").min(),
        reason=pl.col("reason").drop_nulls().mode().sort().first(),
    )
    one = pl.col("organisations").list.len() == 1
    grouped = grouped.with_columns(organisation=pl.when(one).then(pl.col("organisations").list.first()))
    for row in grouped.iter_rows(named=True):
        stage = model.stages.get(row["stage"])
        if row["stage"] == Stage.ASSIGN.value:
            yield _assign(row)
        elif row["stage"] == Stage.CONVERT.value:
            yield _unreadable(row)
        elif stage is not None and _is_due(row["since"], stage, now):
            yield _at_stage(row, stage)


def _is_due(since: datetime, stage: StageModel, now: datetime) -> bool:
    """Whether somebody has to act: what a publisher has to do is only waited for, as long as that is expected."""
    if stage.role != PROVIDER or stage.expected_wait_s is None:
        return True
    return (now - since).total_seconds() > stage.expected_wait_s


def _assign(row: Row) -> Work:
    number = len(row["organisations"])
    return Work(
        kind=Kind.ASSIGN,
        what=_counted(row["items"], "reference") + (f" of {number} organisations" if number > 1 else ""),
        **_place(row),
        role=MANAGER,
        action="Give them the numbers of their entities",
        command=f"headrace entity assign --dataset {shell(row['dataset'] or 'DATASET')} {IN_LAKE} {AS_CONFIGURED}",
        address="/stream/assign",
    )


def _unreadable(row: Row) -> Work:
    whose = f"{shell(row['organisation'] or 'ORGANISATION')} --dataset {shell(row['dataset'] or 'DATASET')}"
    return Work(
        kind=Kind.UNREADABLE,
        what=f"{_counted(row['items'], 'file')} that cannot be read",
        **_place(row),
        role=MANAGER,
        action="Tell the publisher, or say in convert.csv how it is to be read",
        command=f"headrace report provider {whose} {IN_LAKE}",
        address="/stream/convert?state=failed",
    )


def _at_stage(row: Row, stage: StageModel) -> Work:
    of_provider = stage.role == PROVIDER
    return Work(
        kind=Kind.STAGE,
        what=f"{stage.title}: {row['alone'] or _counted(row['items'], str(row['item_type']))}",
        **_place(row),
        role=MANAGER if of_provider else stage.role,
        action=f"Remind them: {stage.description[0].lower()}{stage.description[1:]}"
        if of_provider
        else stage.description,
        address=f"/stream/item/{quote(str(row['item_type']), safe='')}/{quote(str(row['alone']), safe='')}"
        if row["alone"]
        else f"/stream/{quote(stage.stage, safe='')}",
    )


def find_held_datasets(visits: pl.DataFrame, now: datetime) -> Iterable[Work]:
    """Datasets that stay as they are live, because they are not as they were expected to be."""
    held = visits.filter(
        WAITING
        & (pl.col("stage") == Stage.PUBLISH.value)
        & (pl.col("item_type") == "dataset")
        & pl.col("reason").is_not_null()
        & (pl.col("ready_at") <= now)
    )
    for row in held.iter_rows(named=True):
        yield Work(
            kind=Kind.HELD,
            what=f"{row['item']} is held as it was",
            items=1,
            dataset=row["item"],
            stage=Stage.PUBLISH.value,
            since=row["ready_at"],
            role=MANAGER,
            reason=row["reason"],
            action="Put right what is unexpected, or release it as it is: run the night without --hold-on",
            command=f"headrace night --dataset {shell(row['item'])} {IN_LAKE} {AS_CONFIGURED}",
            address=f"/stream/item/dataset/{quote(row['item'], safe='')}",
        )


def find_issues(issues: pl.DataFrame) -> Iterable[Work]:
    """Issues that are for the service to put right, by dataset, organisation and type."""
    grouped = (
        issues.filter(~pl.col("issue_type").is_in(SAID_BY_ASSIGN))
        .group_by("dataset", "organisation", "issue_type", maintain_order=True)
        .agg(
            pl.len().alias("items"),
            since=pl.col("first_seen").min(),
            fields=pl.col("field").drop_nulls().unique().sort().str.join(", "),
        )
        .drop_nulls("since")
    )
    for row in grouped.iter_rows(named=True):
        whose = f" --organisation {shell(row['organisation'])}" if row["organisation"] else ""
        which = f"--dataset {shell(row['dataset'])}{whose} --type {shell(row['issue_type'])}"
        yield Work(
            kind=Kind.ISSUE,
            what=f"{_counted(row['items'], 'issue')}: {row['issue_type']}",
            items=row["items"],
            dataset=row["dataset"],
            organisation=row["organisation"],
            since=datetime.fromisoformat(row["since"]).replace(tzinfo=UTC),
            role=MANAGER,
            reason=f"in {row['fields']}" if row["fields"] else None,
            action="Put it right in the configuration",
            command=f"headrace issue list {which} {IN_LAKE}",
            address=f"/guidance/issue/{quote(row['issue_type'], safe='')}",
        )


def find_blockers(passed: Passages, now: datetime) -> Iterable[Work]:
    """People and teams on whom items wait."""
    ranked = rank(caused(blocks(passed.events), now), now - PERIOD, now)
    for row in ranked.filter((pl.col("by_type") == PERSON) & (pl.col("items_now") > 0)).iter_rows(named=True):
        blocker = urlencode({"by_type": row["by_type"], "by_item": row["by_item"]})
        yield Work(
            kind=Kind.BLOCKED,
            what=f"{row['by_item']} blocks {_counted(row['items_now'], 'item')}",
            items=row["items_now"],
            since=row["oldest_since"],
            role=row["by_item"],
            reason=f"at {', '.join(row['stages'])}",
            action="Do what is asked, or say that it is done",
            command=f"headrace dependency clear ITEM_TYPE ITEM {IN_LAKE}",
            address=f"/dependencies/items?{blocker}",
        )


def find_silences(passed: Passages, model: Streams, now: datetime) -> Iterable[Work]:
    """What should have happened by now and did not, where it is not said above that somebody waits for a person.

    A night that was missed, and was followed by others, is for reports: nobody can make up for it.
    """
    found = silence(passed, now, model)
    goes_on = pl.col("since") + pl.duration(microseconds=(pl.col("age_s") * 1e6).cast(pl.Int64)) >= now - ROUNDING
    for row in found.filter(goes_on).iter_rows(named=True):
        stage = model.stages.get(row["stage"]) if row["stage"] else None
        said_above = row["finding"] == Finding.NOTHING_HEARD and stage is not None and stage.role != PIPELINE
        if not said_above:
            yield Work(
                kind=Kind.SILENCE,
                what=row["text"],
                items=row["items"] or 1,
                stage=row["stage"],
                since=row["since"],
                role=stage.role if stage and stage.role != PIPELINE else "developer",
                reason=row["evidence"],
                action="Ask how it stands, and record it"
                if row["finding"] == Finding.NO_END
                else "Find out why, and run what was missed",
                command=f"headrace night {IN_LAKE} {AS_CONFIGURED}" if row["finding"] == Finding.MISSED_NIGHT else None,
                address=_address_of_finding(row),
            )


def _address_of_finding(row: Row) -> str:
    """Where what a silence is about is listed."""
    if row["stage"] is None:
        return "/stream"
    address = f"/stream/{quote(row['stage'], safe='')}"
    return f"{address}?state=in_progress" if row["finding"] == Finding.NO_END else f"{address}/events"


def _place(row: Row) -> Row:
    return {name: row[name] for name in ("items", "dataset", "organisation", "stage", "since", "reason")}


def _counted(number: object, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number:,} {noun}s"
