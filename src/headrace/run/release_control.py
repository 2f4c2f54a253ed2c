"""What people do with releases: make one live, go back to the one before, and remove those that nobody needs."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import polars as pl

from headrace.flow.release_history import OF_RELEASES, release_history
from headrace.model.error import ReleaseError
from headrace.model.event import Kind, Stage
from headrace.model.release import Release
from headrace.run.tools import utc_now
from headrace.store.event_record import EventRecord
from headrace.store.lake import Lake
from headrace.store.processing_record import DIGITAL_LAND, NAME, ProcessingRecord
from headrace.store.releases import Releases

TAKEN_BACK: Final = "what it holds was taken back; `headrace release promote` makes it live"
"""Why a release waits for a person."""


@dataclass(frozen=True, slots=True)
class ReleaseStanding:
    """A release that is kept, and what became of it.

    Attributes:
        release: its manifest.
        live: whether it is being served.
        live_at: when it last went live; None if it never did.
        taken_back_at, reason: when it was taken back, and why; None if it was not, or went live again since.
    """

    release: Release
    live: bool
    live_at: datetime | None
    taken_back_at: datetime | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was removed.

    Attributes:
        releases: ids of the manifests.
        files: how many artefacts.
        bytes: how long these were together.
    """

    releases: tuple[str, ...]
    files: int
    bytes: int


def list_releases(lake: Lake) -> list[ReleaseStanding]:
    """Every release that is kept: that which is live first, then that which went live last."""
    releases = Releases(lake)
    live = releases.live_id()
    history = {
        row["release"]: row for row in release_history(EventRecord(lake).read(OF_RELEASES)).iter_rows(named=True)
    }
    standings = [
        ReleaseStanding(
            release=releases.load(id),
            live=id == live,
            live_at=history.get(id, {}).get("live_at"),
            taken_back_at=history.get(id, {}).get("taken_back_at"),
            reason=history.get(id, {}).get("reason"),
        )
        for id in releases.ids()  # noqa: A001 - the word of the manifest
    ]
    return sorted(standings, key=_newest_first)


def promote_release(lake: Lake, id: str, actor: str) -> Release:  # noqa: A002 - the word of the manifest
    """Make a release live that is kept.

    Raises:
        ReleaseError: there is none of that id, a file of it is gone, or it is live.
        LakeError: a run is writing to the lake.
    """
    with lake.lock():
        releases = Releases(lake)
        release = releases.load(id)
        if releases.live_id() == id:
            raise ReleaseError(f"release {id} is live already")
        _go_live(lake, releases, release, actor)
        return release


def roll_back(lake: Lake, reason: str, actor: str) -> tuple[Release, Release]:
    """Take the live release back; the one that was live before it is live again. Both are returned.

    What a release held that was taken back does not go live by itself again: a later night that makes the same leaves
    it to a person.

    Raises:
        ReleaseError: nothing is live, or nothing was live before that is kept.
        LakeError: a run is writing to the lake.
    """
    with lake.lock():
        releases = Releases(lake)
        bad = releases.need_live()
        before = next((each for each in list_releases(lake) if not each.live and _can_return(each)), None)
        if before is None:
            raise ReleaseError(f"release {bad.id} cannot be taken back: no release that was live before it is kept")
        events = _events(lake, "rollback")
        events.emit("release", bad.id, Stage.RELEASE, Kind.RETURNED, reason=reason, actor=actor)
        events.close()
        _go_live(lake, releases, before.release, actor)
        return bad, before.release


def prune_releases(lake: Lake, keep: int, keep_days: int, now: datetime) -> Pruned:
    """Remove releases that nobody needs, and the files that no kept release has.

    Kept are the live release, the `keep` latest, those that went live, or were made, in the last `keep_days` days, and
    the record of processing.

    Raises:
        LakeError: a run is writing to the lake.
    """
    with lake.lock():
        releases = Releases(lake)
        standings = list_releases(lake)
        since = now - timedelta(days=keep_days)
        going = [each for each in standings[keep:] if not each.live and _last_of(each) < since]
        kept = {artefact.sha256 for each in standings if each not in going for artefact in each.release.artefacts}
        records = [ProcessingRecord(lake, name).live() for name in (NAME, DIGITAL_LAND)]
        files = [path for path in lake.artefacts() if path.name not in kept and path not in records]
        size = sum(path.stat().st_size for path in files)
        # Manifests first: one whose files are gone would be offered and could not go live.
        for each in going:
            releases.remove(each.release.id)
        for path in files:
            path.unlink()
        return Pruned(tuple(each.release.id for each in going), len(files), size)


def was_taken_back(events: pl.DataFrame, release: Release) -> bool:
    """Whether what a release holds was taken back, on whatever night it was made, and has not been live since."""
    history = release_history(events).filter(pl.col("release").str.ends_with(f"-{release.contents}"))
    return bool(history.height) and history.sort("live_at", nulls_last=False)["taken_back_at"][-1] is not None


def waits_for_a_person(events: pl.DataFrame, release: Release) -> bool:
    """Whether a release that holds the same waits already, because it was taken back before."""
    blocked = pl.col("kind").cast(pl.String) == Kind.BLOCKED.value
    same = (pl.col("item_type") == "release") & pl.col("item").str.ends_with(f"-{release.contents}")
    return not events.filter(blocked & same).is_empty()


def _go_live(lake: Lake, releases: Releases, release: Release, actor: str) -> None:
    events = _events(lake, "promote")
    events.emit("release", release.id, Stage.RELEASE, Kind.STARTED, actor=actor)
    releases.go_live(release)
    events.emit("release", release.id, Stage.RELEASE, Kind.FINISHED, actor=actor)
    events.close()


def _events(lake: Lake, verb: str) -> EventRecord:
    return EventRecord(lake, f"{verb}-{utc_now():%Y%m%d-%H%M%S%f}", utc_now)


def _can_return(standing: ReleaseStanding) -> bool:
    return standing.live_at is not None and standing.taken_back_at is None


def _last_of(standing: ReleaseStanding) -> datetime:
    """When a release was last of use: the moment it went live, or else the start of the day on which it was made."""
    return standing.live_at or datetime.fromisoformat(f"{standing.release.date}T00:00:00+00:00")


def _newest_first(standing: ReleaseStanding) -> tuple[bool, float, str]:
    return (not standing.live, -_last_of(standing).timestamp(), standing.release.id)
