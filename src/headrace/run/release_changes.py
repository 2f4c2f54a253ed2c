"""The difference between two releases that are kept."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import polars as pl

from headrace.flow.release_history import OF_RELEASES, release_history
from headrace.model.release import Release
from headrace.report.release_changes import CHANGE_SCHEMA, compare_entities, count_changes
from headrace.store.event_record import EventRecord
from headrace.store.lake import Lake
from headrace.store.releases import Releases

ENDING = ".parquet"


@lru_cache(maxsize=32)
def read_changes(lake_root: Path, since: str, until: str) -> pl.DataFrame:
    """Every entity that is not in the release `until` as it was in the release `since`; `CHANGE_SCHEMA`.

    Releases do not change, so that what differs between two is found once in a process.

    Raises:
        ReleaseError: one of them is not kept.
    """
    releases = Releases(Lake(lake_root))
    before, after = _tables(releases, since), _tables(releases, until)
    found = [pl.DataFrame(schema=CHANGE_SCHEMA)]
    for name in sorted(before.keys() | after.keys()):
        then, now = before.get(name), after.get(name)
        if then and now and then != now:
            found.append(compare_entities(pl.read_parquet(then), pl.read_parquet(now)))
        elif now and not then:
            appeared = pl.read_parquet(now)
            found.append(compare_entities(appeared.clear(), appeared))
        elif then and not now:
            gone = pl.read_parquet(then)
            found.append(compare_entities(gone, gone.clear()))
    return pl.concat(found)


def _tables(releases: Releases, id: str) -> dict[str, Path]:  # noqa: A002 - the word of the manifest
    release: Release = releases.load(id)
    return {each.name: releases.path_of(each) for each in release.artefacts if each.name.endswith(ENDING)}


@dataclass(frozen=True, slots=True)
class Step:
    """From one release to the next that went live.

    Attributes:
        release: the id of the later one.
        since: the id of the one that was live before it.
        live_at: when the later one last went live.
        counts: per dataset that changed, how many entities were `added`, `changed` and `removed`.
    """

    release: str
    since: str
    live_at: datetime
    counts: pl.DataFrame


def list_steps(lake: Lake, most: int) -> list[Step]:
    """The latest steps between releases that are kept and were live, at most so many, the latest first."""
    kept = set(Releases(lake).ids())
    were_live = [
        (release, live_at)
        for release, live_at in release_history(EventRecord(lake).read(OF_RELEASES))
        .select("release", "live_at")
        .drop_nulls()
        .iter_rows()
        if release in kept
    ]
    return [
        Step(release, since, live_at, count_changes(read_changes(lake.root, since, release)))
        for (release, live_at), (since, _) in list(pairwise(were_live))[:most]
    ]
