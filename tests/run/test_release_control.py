"""What people do with releases, over nights of one council."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from headrace.flow.queue import waiting_items
from headrace.flow.visits import visits
from headrace.model.error import ReleaseError
from headrace.run.release_control import list_releases, promote_release, prune_releases, roll_back
from headrace.store.event_record import EventRecord
from headrace.store.lake import Lake
from headrace.store.releases import Releases
from one_council import SQUARE, OneCouncil

HEADER = ("reference", "name", "geometry")
GOOD = [HEADER, ("CA1", "Mill Street", SQUARE)]
BAD = [HEADER, ("CA1", "?", SQUARE)]
WORSE = [HEADER, ("CA1", "??", SQUARE)]
LATER = datetime(2027, 11, 1, tzinfo=UTC)


@pytest.fixture
def council(tmp_path: Path) -> OneCouncil:
    council = OneCouncil(tmp_path)
    council.configure()
    council.publish(GOOD)
    council.run("2026-11-01")
    return council


def live(council: OneCouncil) -> str | None:
    return Releases(Lake(council.lake)).live_id()


def test_a_rollback_makes_the_release_before_it_live_and_says_why(council: OneCouncil) -> None:
    good = live(council)
    council.publish(BAD)
    bad = council.run("2026-11-02").release

    roll_back(Lake(council.lake), "the names are gone", "ada")

    assert live(council) == good
    taken_back = next(each for each in list_releases(Lake(council.lake)) if each.release.id == bad)
    assert "the names are gone" == taken_back.reason
    assert taken_back.taken_back_at is not None


def test_what_was_taken_back_does_not_go_live_by_itself_and_waits_once(council: OneCouncil) -> None:
    good = live(council)
    council.publish(BAD)
    council.run("2026-11-02")
    roll_back(Lake(council.lake), "the names are gone", "ada")

    assert [None, None] == [council.run("2026-11-03").release, council.run("2026-11-04").release]

    assert live(council) == good
    record = visits(EventRecord(Lake(council.lake)).read())
    assert 1 == waiting_items(record, "release", LATER).height


def test_what_was_taken_back_goes_live_when_a_person_says_so(council: OneCouncil) -> None:
    council.publish(BAD)
    bad = council.run("2026-11-02").release
    assert bad is not None
    roll_back(Lake(council.lake), "the names are gone", "ada")

    promote_release(Lake(council.lake), bad, "ada")

    assert live(council) == bad
    assert [None] == [each.reason for each in list_releases(Lake(council.lake)) if each.live]


def test_other_data_goes_live_after_a_rollback(council: OneCouncil) -> None:
    council.publish(BAD)
    council.run("2026-11-02")
    roll_back(Lake(council.lake), "the names are gone", "ada")
    council.publish(WORSE)

    assert council.run("2026-11-03").release == live(council)


def test_the_first_release_cannot_be_taken_back(council: OneCouncil) -> None:
    with pytest.raises(ReleaseError, match="no release that was live before it is kept"):
        roll_back(Lake(council.lake), "wrong", "ada")


def test_the_live_release_is_not_promoted_again(council: OneCouncil) -> None:
    with pytest.raises(ReleaseError, match="is live already"):
        promote_release(Lake(council.lake), str(live(council)), "ada")


def test_pruning_keeps_what_is_live_what_is_latest_and_every_file_of_these(council: OneCouncil) -> None:
    first = live(council)
    for night, rows in (("2026-11-02", BAD), ("2026-11-03", WORSE)):
        council.publish(rows)
        council.run(night)
    lake = Lake(council.lake)
    releases = Releases(lake)

    assert () == prune_releases(lake, keep=1, keep_days=400, now=LATER).releases
    pruned = prune_releases(lake, keep=2, keep_days=0, now=LATER)

    assert (first,) == pruned.releases
    assert 2 == len(releases.ids())
    assert pruned.files > 0
    kept = [artefact for id in releases.ids() for artefact in releases.load(id).artefacts]  # noqa: A001
    assert all(releases.path_of(artefact).exists() for artefact in kept)
    roll_back(lake, "wrong", "ada")


def test_a_night_after_pruning_goes_on(council: OneCouncil) -> None:
    council.publish(BAD)
    council.run("2026-11-02")
    lake = Lake(council.lake)
    prune_releases(lake, keep=1, keep_days=0, now=datetime.now(UTC) + timedelta(days=1))
    council.publish(WORSE)

    assert council.run("2026-11-03").release == live(council)
    assert all(Releases(lake).path_of(each).exists() for each in Releases(lake).need_live().artefacts)
