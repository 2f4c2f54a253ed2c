"""Comparing releases over nights of one council, and folders of tables."""

from pathlib import Path

import polars as pl
import pytest
import shapely

from canary_entities import areas
from headrace.model.error import ReleaseError
from headrace.run.release_comparison import compare_folders, compare_releases
from headrace.store.lake import Lake
from one_council import SQUARE, OneCouncil

HEADER = ("reference", "name", "geometry")
NAMED = [(f"CA{number}", f"Mill Street {number}", SQUARE) for number in range(1, 8)]


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> OneCouncil:
    council = OneCouncil(tmp_path_factory.mktemp("council"))
    council.configure()
    return council


def test_two_releases_of_a_lake_are_compared(council: OneCouncil) -> None:
    """The council is named by its CURIE; what is the same in both passes."""
    nights = (
        ("2026-11-01", NAMED),
        ("2026-11-02", NAMED[:-1]),
        ("2026-11-03", [(row[0], row[1].lower(), row[2]) for row in NAMED[:-1]]),
    )
    ids = []
    for night, rows in nights:
        council.publish([HEADER, *rows])
        ids.append(str(council.run(night).release))
    lake = Lake(council.lake)

    small, bad = compare_releases(lake, *ids[:2]), compare_releases(lake, *ids[1:])

    assert ("pass", 0) == (small.verdict, small.nights)
    assert ("hold", 1) == (bad.verdict, bad.nights)
    assert ["local-authority:ALD"] == [name for each in bad.datasets for name in each.held]
    assert "pass" == compare_releases(lake, ids[0], ids[0]).verdict


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_two_folders_are_compared(tmp_path: Path, kind: str) -> None:
    """With geometry as text and without entity numbers."""
    frame = areas().drop("entity")
    texts = list(shapely.to_wkt(shapely.from_wkb(frame["shape"].to_numpy()), rounding_precision=8))
    frame = frame.drop("shape").with_columns(geometry=pl.Series(texts)).rename({"start-date": "start_date"})
    lost = frame.filter(pl.col("organisation") != "local-authority:COL")
    for name, each in (("before", frame), ("after", lost)):
        (tmp_path / name).mkdir()
        path = tmp_path / name / f"conservation-area.{kind}"
        each.write_csv(path) if kind == "csv" else each.write_parquet(path)

    verdict = compare_folders(tmp_path / "before", tmp_path / "after")

    assert ("hold", "absent-provider", "local-authority:COL") == (
        verdict.verdict,
        verdict.reasons[0].check,
        verdict.reasons[0].organisation,
    )


def test_what_cannot_be_compared_is_said(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="no table of entities"):
        compare_folders(tmp_path, tmp_path)
    (tmp_path / "tree.csv").write_text("a,b\n1,2\n")
    with pytest.raises(ReleaseError, match="expected reference"):
        compare_folders(tmp_path, tmp_path)
    (tmp_path / "tree.csv").write_bytes(b"PAR1 and no more")
    with pytest.raises(ReleaseError, match="cannot be read"):
        compare_folders(tmp_path, tmp_path)
