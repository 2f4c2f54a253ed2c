"""A release beside the one before it, or two folders of entities: read, counted and judged."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final

import polars as pl

from headrace.flow.release_history import OF_RELEASES, release_history
from headrace.model.error import ReleaseError
from headrace.model.release import Release
from headrace.run.entity_frame import ENDINGS, read_entity_frame
from headrace.run.release_control import ReleaseStanding, list_releases
from headrace.store.event_record import EventRecord
from headrace.store.lake import Lake
from headrace.store.releases import Releases
from headrace.watch.canary.count import COUNTED, count_affected, find_affected
from headrace.watch.canary.judge import judge_pair
from headrace.watch.canary.ordinary import Ordinary, learn_ordinary
from headrace.watch.canary.pair import Pair, make_pair
from headrace.watch.canary.registry import CHECKS
from headrace.watch.canary.verdict import DatasetVerdict, Verdict, gravest

MOST_NIGHTS: Final = 90
"""Past steps from release to release that are learnt from, the latest."""

_SEARCH: Final = "search.sqlite3"
_FOLDER, _ENDING = "dataset/", ".parquet"


def compare_releases(lake: Lake, before: str, after: str) -> Verdict:
    """Judge a release against another, and against the steps between those that went live up to the earlier one.

    Raises:
        ReleaseError: one of them is not kept, or a file of it cannot be read.
    """
    return _compare_kept(lake.root, before, after, _past_steps(lake, before))


@dataclass(frozen=True, slots=True)
class JudgedRelease:
    """A release that is kept, what became of it, and whether it was as good as the one before.

    Attributes:
        standing: the release and its state.
        verdict: against the release that was live before it, or is live if it never was; None where none is kept.
    """

    standing: ReleaseStanding
    verdict: Verdict | None


def judge_releases(lake: Lake, most: int) -> list[JudgedRelease]:
    """The latest releases that are kept, at most so many, each with the verdict on it."""
    standings = list_releases(lake)
    were_live = [each for each in standings if each.live_at is not None]
    order = [each.release.id for each in sorted(were_live, key=lambda each: (each.live_at, each.release.id))]
    live = Releases(lake).live_id()
    judged = []
    for each in standings[:most]:
        name = each.release.id
        earlier = order[: order.index(name)][-1:] if name in order else [] if live is None else [live]
        judged.append(JudgedRelease(each, compare_releases(lake, earlier[0], name) if earlier else None))
    return judged


def compare_folders(before: Path, after: Path) -> Verdict:
    """Judge a folder of one Parquet or CSV file of entities for each dataset against another, without a past.

    Raises:
        ReleaseError: a folder has no such file, or one cannot be read.
    """
    old, new = _files(before), _files(after)
    judged = []
    for dataset in sorted(old.keys() | new.keys()):
        frames = [None if path is None else read_entity_frame(path) for path in (old.get(dataset), new.get(dataset))]
        judged.append(judge_pair(_pair(dataset, *frames), Ordinary()))
    return _conclude(before.name, after.name, Ordinary(), judged)


@lru_cache(maxsize=64)
def _compare_kept(lake_root: Path, before: str, after: str, steps: tuple[tuple[str, str], ...]) -> Verdict:
    """As releases do not change, the verdict on two of them is found once in a process for the same past."""
    releases = Releases(Lake(lake_root))
    then, now = releases.load(before), releases.load(after)
    ordinary = learn_ordinary([_count_step(lake_root, *step) for step in steps], CHECKS)
    judged = []
    for dataset in _names(then, now):
        if _hash(then, dataset) == _hash(now, dataset):
            summary = now.dataset(dataset)
            judged.append(DatasetVerdict(dataset, "pass", summary.entities, summary.entities, 0, (), ()))
        else:
            pair = _read_pair(releases, then, now, dataset)
            judged.append(judge_pair(pair, ordinary, _issues(then, now, dataset)))
    return _conclude(before, after, ordinary, judged)


@lru_cache(maxsize=256)
def _count_step(lake_root: Path, before: str, after: str) -> pl.DataFrame:
    """What the checks find between two releases, counted; `COUNTED`."""
    releases = Releases(Lake(lake_root))
    then, now = releases.load(before), releases.load(after)
    counted = [pl.DataFrame(schema=COUNTED)]
    for dataset in _names(then, now):
        if None not in (old := _hash(then, dataset), new := _hash(now, dataset)) and old != new:
            pair = _read_pair(releases, then, now, dataset)
            counted.append(count_affected(pair, find_affected(pair)))
    return pl.concat(counted)


def _past_steps(lake: Lake, until: str) -> tuple[tuple[str, str], ...]:
    """The latest steps between releases that are kept, went live and were not taken back, up to one, in their order."""
    kept = set(Releases(lake).ids())
    history = release_history(EventRecord(lake).read(OF_RELEASES)).filter(pl.col("taken_back_at").is_null())
    order = [each for each in history.sort("live_at").drop_nulls("live_at")["release"] if each in kept]
    known = order[: order.index(until) + 1] if until in order else []
    return tuple(pairwise(known))[-MOST_NIGHTS:]


def _conclude(before: str, after: str, ordinary: Ordinary, judged: list[DatasetVerdict]) -> Verdict:
    word = gravest([each.verdict for each in judged])
    return Verdict(before, after, word, ordinary.nights, ordinary.is_enough, tuple(judged))


def _read_pair(releases: Releases, then: Release, now: Release, dataset: str) -> Pair:
    frames = [
        None
        if _hash(release, dataset) is None
        else read_entity_frame(
            releases.path_of(release.artefact(f"{_FOLDER}{dataset}{_ENDING}")), _organisations(releases, release)
        )
        for release in (then, now)
    ]
    return _pair(dataset, *frames)


def _pair(dataset: str, before: pl.DataFrame | None, after: pl.DataFrame | None) -> Pair:
    """Two frames side by side, of which one may not be there."""
    there = before if before is not None else after
    if there is None:
        raise ReleaseError(f"{dataset}: neither release has it")
    return make_pair(dataset, there.clear() if before is None else before, there.clear() if after is None else after)


def _names(then: Release, now: Release) -> list[str]:
    """The datasets of which either has entities in a file."""
    files = {each.name for release in (then, now) for each in release.artefacts}
    return sorted(
        name.removeprefix(_FOLDER).removesuffix(_ENDING)
        for name in files
        if name.startswith(_FOLDER) and name.endswith(_ENDING)
    )


def _hash(release: Release, dataset: str) -> str | None:
    """The hash of the entities of a dataset; None where the release has none."""
    try:
        return release.artefact(f"{_FOLDER}{dataset}{_ENDING}").sha256
    except KeyError:
        return None


def _issues(then: Release, now: Release, dataset: str) -> tuple[int, int] | None:
    """How many issues a dataset had and has, where both have it."""
    found = [each.issues for release in (then, now) for each in release.datasets if each.dataset == dataset]
    return (found[0], found[1]) if len(found) == 2 else None


def _organisations(releases: Releases, release: Release) -> Mapping[int, str]:
    """The organisations that a release knows, by their entity numbers."""
    try:
        path = releases.path_of(release.artefact(_SEARCH))
    except KeyError:
        return {}
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?immutable=1", uri=True)) as connection:
        return dict(connection.execute("SELECT entity, organisation FROM organisation WHERE entity IS NOT NULL"))


def _files(folder: Path) -> dict[str, Path]:
    """The file of each dataset in a folder."""
    found = {path.stem: path for path in sorted(folder.glob("*")) if path.suffix in ENDINGS}
    if not found:
        raise ReleaseError(f"{folder}: there is no table of entities; expected one .parquet or .csv for each dataset")
    return found
