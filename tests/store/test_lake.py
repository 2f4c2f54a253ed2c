"""The lake: what is kept stays as it is."""

from hashlib import sha256
from pathlib import Path

import pytest

from headrace.model.error import LakeError, ReleaseError
from headrace.model.release import DatasetSummary
from headrace.store.lake import Lake
from headrace.store.releases import Releases

SUMMARY = DatasetSummary("tree", entities=1, facts=2, issues=0, refused=0, resources=1, inputs="k")


def test_a_resource_is_kept_under_the_hash_of_its_bytes(tmp_path: Path) -> None:
    """The same bytes are kept once."""
    lake = Lake(tmp_path)
    first, again = lake.keep_resource(b"a,b\n"), lake.keep_resource(b"a,b\n")
    assert sha256(b"a,b\n").hexdigest() == first == again
    assert lake.resource_path(first).read_bytes() == b"a,b\n"
    assert len(list((tmp_path / "resource").iterdir())) == 1


def test_one_run_at_a_time_writes_to_a_lake(tmp_path: Path) -> None:
    """The second is told so, and the lock goes with the first."""
    lake = Lake(tmp_path)
    with lake.lock(), pytest.raises(LakeError, match="another run is writing"), Lake(tmp_path).lock():
        pass
    with lake.lock():
        pass


def test_the_same_contents_are_the_same_release(tmp_path: Path) -> None:
    """The id follows from the day and what the release holds, in any order."""
    lake, releases = Lake(tmp_path), Releases(Lake(tmp_path))
    artefacts = []
    with lake.scratch() as scratch:
        for name in ("b.csv", "a.csv"):
            (scratch / name).write_text(name)
            artefacts.append(lake.keep_artefact(scratch / name, name, "text/csv"))
    one = releases.write("2026-11-24", [SUMMARY], artefacts)
    other = releases.write("2026-11-24", [SUMMARY], artefacts[::-1])
    assert one == other == releases.load(one.id)
    assert one.id.startswith("20261124-")


def test_a_release_goes_live_whole_or_not_at_all(tmp_path: Path) -> None:
    """The pointer moves only when every artefact is in the lake."""
    lake, releases = Lake(tmp_path), Releases(Lake(tmp_path))
    with lake.scratch() as scratch:
        (scratch / "a").write_text("a")
        artefact = lake.keep_artefact(scratch / "a", "a.csv", "text/csv")
    release = releases.write("2026-11-24", [SUMMARY], [artefact])
    assert releases.live() is None
    releases.go_live(release)
    assert release == releases.live()
    lake.artefact_path(artefact.sha256).unlink()
    with pytest.raises(ReleaseError, match=r"a\.csv not in the lake"):
        releases.go_live(release)
