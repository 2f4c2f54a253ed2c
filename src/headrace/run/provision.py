"""Provisions as they come about: an organisation is expected to publish, a source is configured, its data is live."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import polars as pl

from headrace.flow.visits import DEPARTED, visits
from headrace.model.event import Kind
from headrace.run.assembly import Assembled
from headrace.run.specified import read_provisions
from headrace.run.tools import Night, utc_now
from headrace.run.transformation import Standing
from headrace.store.attempt_log import AttemptLog
from headrace.store.event_record import Whose
from headrace.store.releases import Releases

ITEM_TYPE: Final = "provision"
ASK: Final = "ask"
BEFORE: Final = (ASK, "publish-locally", "check")
"""Stages that people tell of; a provision with a source has them behind it, whether or not somebody told."""
CONFIGURE: Final = "configure"
FIRST_COLLECT: Final = "first-collect"
FIRST_RELEASE: Final = "first-release"


@dataclass(frozen=True, slots=True)
class Configured:
    """The sources of a provision that have not ended: when the first was entered (UTC), and all their endpoints."""

    entered_at: datetime | None
    endpoints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What the record says of a provision: the stages that it has finished, and those at which it is, since when."""

    finished: frozenset[str]
    present: Mapping[str, datetime]


NOTHING: Final = Known(frozenset(), {})

Key = tuple[str, str]
"""Dataset and organisation."""


def tell_provisions(
    night: Night, standing: Mapping[str, Sequence[Standing]], assembled: Mapping[str, Assembled]
) -> None:
    """Record how far the provisions of the night's datasets have come, each step once.

    - Expected without a source: it is ready to be asked for.
    - With a source that has not ended: configured, on the day on which the source was entered where that is known. What
      people were still to do before is skipped.
    - With an attempt that gave data: collected for the first time, at the end of that attempt.
    - With a resource among those that a dataset was `assembled` from that is live: released for the first time, now.
    - Without a source any more: what it waited for after being configured is abandoned.

    What is recorded already is not recorded again, whoever recorded it.
    """
    configured = _configured(night)
    known = _known(night)
    lacking = [each for key, each in configured.items() if FIRST_COLLECT not in known.get(key, NOTHING).finished]
    collected = _first_collected(night, [endpoint for each in lacking for endpoint in each.endpoints])
    published = {
        (dataset, organisation)
        for dataset in _live(night, assembled)
        for each in standing.get(dataset, ())
        for organisation in each.held.provenance.organisations
    }
    for key in sorted(_expected(night) | configured.keys()):
        step = _Steps(night, key, known.get(key, NOTHING))
        if key in configured:
            at = [collected[each] for each in configured[key].endpoints if each in collected]
            step.configured(configured[key].entered_at)
            step.collected(min(at, default=None))
            step.released(key in published)
        else:
            step.unconfigured()


class _Steps:
    """Says what is new of one provision."""

    def __init__(self, night: Night, key: Key, known: Known) -> None:
        self._night = night
        self._item = "/".join(key)
        self._whose = Whose(dataset=key[0], organisation=key[1])
        self._finished, self._present = set(known.finished), dict(known.present)

    def configured(self, entered_at: datetime | None) -> None:
        for stage in BEFORE:
            if stage in self._present:
                self._say(stage, Kind.SKIPPED, reason="a source is configured")
        # What waits for it in the record has not been done before it waited; then it is seen now.
        at = None if CONFIGURE in self._present else entered_at
        if CONFIGURE not in self._finished:
            self._finish(CONFIGURE, at)
        if FIRST_COLLECT not in self._finished and FIRST_COLLECT not in self._present:
            self._begin(FIRST_COLLECT, at)

    def collected(self, first_at: datetime | None) -> None:
        done_at = None
        if FIRST_COLLECT not in self._finished and first_at is not None:
            done_at = self._finish(FIRST_COLLECT, first_at)
        if FIRST_COLLECT in self._finished and FIRST_RELEASE not in self._finished | self._present.keys():
            self._begin(FIRST_RELEASE, done_at)

    def released(self, published: bool) -> None:
        if published and FIRST_COLLECT in self._finished and FIRST_RELEASE not in self._finished:
            self._finish(FIRST_RELEASE, None)

    def unconfigured(self) -> None:
        if not self._finished and not self._present:
            self._begin(ASK, None)
        for stage in (FIRST_COLLECT, FIRST_RELEASE):
            if stage in self._present:
                self._say(stage, Kind.ABANDONED, reason="its sources have ended")

    def _begin(self, stage: str, at: datetime | None) -> None:
        self._present[stage] = at or utc_now()
        self._say(stage, Kind.READY, at=self._present[stage])

    def _finish(self, stage: str, at: datetime | None) -> datetime:
        at = at or utc_now()
        at = max(at, self._present.get(stage, at))
        self._say(stage, Kind.FINISHED, at=at)
        self._finished.add(stage)
        return at

    def _say(self, stage: str, kind: Kind, *, at: datetime | None = None, reason: str | None = None) -> None:
        self._night.events.emit(ITEM_TYPE, self._item, stage, kind, at=at, reason=reason, **self._whose)


def _live(night: Night, assembled: Mapping[str, Assembled]) -> list[str]:
    """The datasets that are live as they were assembled: one may be held, or a release taken back."""
    live = Releases(night.lake).live()
    inputs = {each.dataset: each.inputs for each in live.datasets} if live else {}
    return [dataset for dataset, each in assembled.items() if inputs.get(dataset) == each.summary.inputs]


def _expected(night: Night) -> set[Key]:
    provisions = read_provisions(night).filter(pl.col("dataset").is_in(sorted(night.plan.datasets)))
    stands = pl.col("end_date").fill_null("").str.slice(0, 10).replace("", "9999") >= night.date
    return set(provisions.filter(stands).select("dataset", "organisation").iter_rows())


def _configured(night: Night) -> dict[Key, Configured]:
    found: dict[Key, list[tuple[datetime | None, str]]] = {}
    for collection in night.plan.collections.values():
        standing = {each.endpoint for each in collection.endpoints if not each.ended(night.date)}
        for source in collection.sources:
            if source.endpoint in standing and not "" < source.end_date[:10] < night.date and source.organisation:
                for dataset in set(source.datasets) & set(night.plan.datasets):
                    entry = (_moment(source.entry_date), source.endpoint)
                    found.setdefault((dataset, source.organisation), []).append(entry)
    return {
        key: Configured(
            entered_at=min((at for at, _ in entries if at), default=None),
            endpoints=tuple(endpoint for _, endpoint in entries),
        )
        for key, entries in found.items()
    }


def _known(night: Night) -> dict[Key, Known]:
    stages = [*BEFORE, CONFIGURE, FIRST_COLLECT, FIRST_RELEASE]
    told = visits(night.events.read(pl.col("stage").is_in(stages) & (pl.col("item_type") == ITEM_TYPE)))
    rows = told.group_by("item").agg(
        finished=pl.col("stage").filter(pl.col("outcome") == Kind.FINISHED.value).unique(),
        present=pl.col("stage").filter(~DEPARTED),
        since=pl.col("ready_at").filter(~DEPARTED),
    )
    return {
        (dataset, organisation): Known(frozenset(done), dict(zip(there, since, strict=True)))
        for item, done, there, since in rows.iter_rows()
        for dataset, _, organisation in [item.partition("/")]
    }


def _first_collected(night: Night, endpoints: Sequence[str]) -> dict[str, datetime]:
    if not endpoints:
        return {}
    answers = AttemptLog(night.lake, night.date, night.run).answers(endpoints)
    return dict(answers.group_by("endpoint").agg(pl.col("finished_at").min()).iter_rows())


def _moment(text: str) -> datetime | None:
    """An entry date that is over as a moment; None where it is none."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    return at if at <= utc_now() else None
