"""The second step of a night: each resource whose result is not known yet is converted and transformed."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from headrace.model.cells import Unconverted
from headrace.model.event import Kind, Stage
from headrace.run.code import RESULT_CODE, hash_code
from headrace.run.executor import do_all
from headrace.run.holding import Held, holdings
from headrace.run.known_content import KnownContents
from headrace.run.plan import DatasetPlan, open_workshop
from headrace.run.resource import read_parts
from headrace.run.tools import Night, utc_now
from headrace.spec.rules import Provenance, resolve
from headrace.store.attempt_log import AttemptLog
from headrace.store.event_record import Whose
from headrace.store.lake import Lake
from headrace.store.results import Results


@dataclass(frozen=True, slots=True)
class Job:
    """One resource to be made into a result, by this process or another that sees the same folders."""

    lake: Path
    config: Path
    specification: Path
    version: str
    dataset: str
    provenance: Provenance
    bytes_of: str
    today: date


@dataclass(frozen=True, slots=True)
class Done:
    """A job done: where the result is, when each part of the work happened, and what it came to."""

    job: Job
    folder: Path
    started_at: datetime
    converted_at: datetime
    finished_at: datetime
    cpu_seconds: float
    unconverted: str | None
    entries: int
    facts: int
    issues: int
    refused: int


@dataclass(frozen=True, slots=True)
class Broken:
    """A job that the program could not do: the resource waits until a later version can."""

    job: Job
    started_at: datetime
    ended_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A resource of a dataset with its result.

    Attributes:
        held: the resource.
        folder: where its result is.
        key: hash of all that the result was made from.
    """

    held: Held
    folder: Path
    key: str


@dataclass(frozen=True, slots=True)
class Transformed:
    """What transforming came to: the results of every dataset, and the jobs for them, done and not."""

    standing: Mapping[str, Sequence[Standing]]
    done: Sequence[Done]
    broken: Sequence[Broken]


def transform_resources(night: Night) -> Transformed:
    """Make the results that are not known yet, and find the others.

    A resource that meets a fault of the program stands with its last result, if it has one.
    """
    contents = KnownContents(night)
    attempts = contents.tell(AttemptLog(night.lake, night.date, night.run).read_kept())
    contents.close()
    standing: dict[str, list[Standing]] = {}
    held: dict[tuple[str, str], Held] = {}
    jobs: list[Job] = []
    for dataset, plan in night.plan.datasets.items():
        standing[dataset] = []
        for each in holdings(attempts, night.plan.collections.values(), dataset):
            found = _find(night, plan, each)
            if found is None:
                held[dataset, each.provenance.resource] = each
                jobs.append(_job(night, dataset, each))
            else:
                standing[dataset].append(_stand(each, found))
    done: list[Done] = []
    broken: list[Broken] = []
    for job in jobs:
        night.events.emit("resource", _item(job), Stage.CONVERT, Kind.READY, **_whose(job))
    night.progress(Stage.TRANSFORM, 0, len(jobs))
    for number, made in enumerate(do_all(night.executor, do_job, jobs, _lost), start=1):
        _tell(night, made)
        dataset, resource = made.job.dataset, made.job.provenance.resource
        if isinstance(made, Done):
            done.append(made)
            folder: Path | None = made.folder
        else:
            broken.append(made)
            folder = Results(night.lake).latest(dataset, resource)
        if folder is not None:
            standing[dataset].append(_stand(held[dataset, resource], folder))
        night.progress(Stage.TRANSFORM, number, len(jobs))
    for results in standing.values():
        results.sort(key=lambda each: each.held.provenance.resource)
    return Transformed(standing, done, broken)


def do_job(job: Job) -> Done | Broken:
    """Convert and transform one resource and keep its result.

    A fault of the program concerns this resource alone: it is said, with its name, and the others go on.
    """
    started_at = utc_now()
    try:
        return _do(job, started_at)
    except Exception as fault:  # noqa: BLE001 - the outermost loop over resources
        return Broken(job, started_at, utc_now(), f"fault of the program: {type(fault).__name__}: {fault}")


def _lost(job: Job) -> Broken:
    now = utc_now()
    return Broken(job, now, now, "fault of the program: the process that read it died")


def _do(job: Job, started_at: datetime) -> Done:
    workshop = open_workshop(job.config, job.specification, job.dataset, job.version)
    rules = resolve(
        workshop.specification,
        workshop.dataset.configuration,
        workshop.organisations,
        job.provenance,
        job.today,
    )
    lake = Lake(job.lake)
    converted_at = [started_at]
    cpu = time.process_time()
    parts = read_parts(
        lake.resource_path(job.bytes_of), rules, time.perf_counter, lambda: converted_at.append(utc_now())
    )
    folder, summary = Results(lake).keep(
        job.dataset, rules.resource, result_key(rules.key), parts, workshop.dataset.answers
    )
    conversion = summary.conversion
    return Done(
        job=job,
        folder=folder,
        started_at=started_at,
        converted_at=converted_at[-1],
        finished_at=utc_now(),
        cpu_seconds=time.process_time() - cpu,
        unconverted=conversion.reason if isinstance(conversion, Unconverted) else None,
        entries=summary.entries + summary.refused,
        facts=summary.facts,
        issues=summary.issues,
        refused=summary.refused,
    )


def result_key(rules_key: str) -> str:
    """The part of a result's key that is known before the resource is read: the rules, and the code that matters."""
    return sha256(f"{rules_key}{hash_code(RESULT_CODE)}".encode()).hexdigest()[:32]


def _find(night: Night, plan: DatasetPlan, held: Held) -> Path | None:
    rules = resolve(
        night.plan.specification,
        plan.configuration,
        night.plan.organisations,
        held.provenance,
        date.fromisoformat(night.date),
    )
    return Results(night.lake).find(
        plan.configuration.dataset, held.provenance.resource, result_key(rules.key), plan.answers, night.date
    )


def _job(night: Night, dataset: str, held: Held) -> Job:
    """The job of a resource; one that another should stand in for is read itself until the other has been collected."""
    stands_in = night.lake.resource_path(held.bytes_of).exists()
    return Job(
        lake=night.lake.root,
        config=night.config,
        specification=night.specification,
        version=night.run,
        dataset=dataset,
        provenance=held.provenance,
        bytes_of=held.bytes_of if stands_in else held.provenance.resource,
        today=date.fromisoformat(night.date),
    )


def _stand(held: Held, folder: Path) -> Standing:
    return Standing(held, folder, f"{folder.parent.name}/{folder.name}")


def _tell(night: Night, done: Done | Broken) -> None:
    """Record what happened to a resource, at the moments at which it happened."""
    item, whose = _item(done.job), _whose(done.job)
    tell = night.events.emit
    tell("resource", item, Stage.CONVERT, Kind.STARTED, at=done.started_at, **whose)
    if isinstance(done, Broken):
        tell("resource", item, Stage.CONVERT, Kind.FAILED, at=done.ended_at, reason=done.reason, **whose)
        return
    if done.unconverted is not None:
        tell("resource", item, Stage.CONVERT, Kind.FAILED, at=done.converted_at, reason=done.unconverted, **whose)
        return
    tell("resource", item, Stage.CONVERT, Kind.FINISHED, at=done.converted_at, **whose)
    tell("resource", item, Stage.TRANSFORM, Kind.READY, at=done.converted_at, **whose)
    tell("resource", item, Stage.TRANSFORM, Kind.STARTED, at=done.converted_at, **whose)
    tell("resource", item, Stage.TRANSFORM, Kind.FINISHED, at=done.finished_at, **whose)


def _item(job: Job) -> str:
    return f"{job.dataset}/{job.provenance.resource}"


def _whose(job: Job) -> Whose:
    organisations = job.provenance.organisations
    return {"dataset": job.dataset, "organisation": organisations[0] if len(organisations) == 1 else None}
