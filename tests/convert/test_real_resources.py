"""What becomes of real files, as publishers published them."""

import csv
from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from headrace.convert.resource import convert
from headrace.model.cells import Converted, Decision, Unconverted

CASES = Path(__file__).parents[1] / "cases" / "convert"


def _cases() -> list[dict[str, str]]:
    with (CASES / "nasty.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


NASTY = _cases()

REFUSED = {"empty", "html", "pdf", "xml", "xml-error"}
BROKEN = "0cc3d22b"

Result = Converted | Unconverted
Corpus = dict[str, tuple[dict[str, str], Result]]


@pytest.fixture(scope="session")
def corpus(shared: Path) -> Corpus:
    """Every real resource: its line of the index, and what it was converted to."""
    with (shared / "resources.csv").open(encoding="utf-8", newline="") as index:
        return {
            line["sha256"]: (line, convert(shared / "resources" / line["sha256"])) for line in csv.DictReader(index)
        }


def _filled(frame: pl.DataFrame) -> int:
    """How many records hold anything."""
    return frame.filter(pl.any_horizontal(pl.exclude("line").is_not_null())).height


def test_every_real_resource_is_converted_or_refused_as_it_should_be(
    corpus: Corpus,
) -> None:
    """Data becomes cells; pages, errors, documents, and one broken file, a reason."""
    wrong = [
        sha256
        for sha256, (line, result) in corpus.items()
        if isinstance(result, Unconverted) != (line["format"] in REFUSED or sha256.startswith(BROKEN))
    ]
    assert wrong == []
    assert len(corpus) == 874


def test_real_resources_have_the_rows_that_the_index_counts(
    corpus: Corpus,
) -> None:
    """But for the few whose difference is explained."""
    with (CASES / "rows_differ.csv").open(encoding="utf-8", newline="") as file:
        explained = {line["resource"]: int(line["rows"]) for line in csv.DictReader(file)}
    different = {
        sha256[:8]: _filled(result.cells.frame) - 1
        for sha256, (line, result) in corpus.items()
        if isinstance(result, Converted) and line["rows"] and _filled(result.cells.frame) - 1 != int(line["rows"])
    }
    assert explained == different


@pytest.mark.parametrize("case", NASTY, ids=lambda case: case["fact"])
def test_the_nastiest_real_resources(case: dict[str, str], corpus: Corpus) -> None:
    """As the case says: how it was read, how much there is, what is doubtful; or why it was refused."""
    ((_, result),) = (entry for sha256, entry in corpus.items() if sha256.startswith(case["resource"]))
    assert case["media type"] == result.mime_type
    if isinstance(result, Unconverted):
        assert case["reason"]
        assert case["reason"] in result.reason
        return
    frame, made = result.cells.frame, {decision.about: decision.choice for decision in result.decisions}
    header = made.pop("header", "").removeprefix("record ")
    names = frame.filter(pl.col("line") == int(header or 1)).row(0)[1:]
    assert case == case | {
        "encoding": made.pop("encoding", ""),
        "delimiter": made.pop("delimiter", ""),
        "header": header,
        "records": str(frame.height),
        "columns": str(frame.width - 1),
        "first column": (names[0] or "").strip().replace("\n", " "),
        "last column": (names[-1] or "").strip().replace("\n", " "),
        "left out": str(len(result.left_out)),
        "choices": ";".join(f"{about}={choice}" for about, choice in made.items() if about != "format"),
        "doubtful": ";".join(each.about for each in result.decisions if each.confidence == "doubtful"),
        "reason": "",
    }


def test_what_was_decided_for_the_real_resources(corpus: Corpus) -> None:
    """How many of each format were decided how, and how surely; a change of any number is a change of behaviour."""
    with (CASES / "decisions.csv").open(encoding="utf-8", newline="") as file:
        expected = {tuple(line.values())[:-1]: int(line["resources"]) for line in csv.DictReader(file)}
    decided: Counter[tuple[str, ...]] = Counter()
    for _, result in corpus.values():
        if isinstance(result, Unconverted):
            decided["refused", "reason", result.reason.split(".")[0].split(":")[0].split("'")[0].strip(), ""] += 1
            continue
        form = next(made.choice for made in result.decisions if made.about == "format")
        decided.update((form, made.about, _kind_of_choice(made), made.confidence) for made in result.decisions)
        decided.update({(form, "left out", record.reason, "") for record in result.left_out})
    assert expected == dict(decided)


def _kind_of_choice(made: Decision) -> str:
    """The choice, but for names that only one file has."""
    if made.about == "header":
        return "record 1" if made.choice == "record 1" else "a later record"
    return "" if made.about in ("sheet", "layer", "member", "column") else made.choice


def test_the_records_are_numbered_as_the_existing_platform_numbers_them(shared: Path, corpus: Corpus) -> None:
    """Wherever it could read a resource, and data was in it."""
    peer = pl.read_parquet(shared / "expected" / "peer" / "dataset-resources.parquet")
    lines = dict(peer.filter(pl.col("line-count") != "0").select("resource", "line-count").rows())
    ours = {
        sha256: str(result.cells.frame["line"].max())
        for sha256, (_, result) in corpus.items()
        if isinstance(result, Converted) and sha256 in lines
    }
    assert {sha256: lines[sha256] for sha256 in ours} == ours
    assert len(ours) > 200


def test_the_columns_that_the_existing_platform_used_are_there(shared: Path, corpus: Corpus) -> None:
    """By the names it used, but for those that its configuration adds to a resource."""
    used = pl.read_parquet(shared / "expected" / "peer" / "column-fields.parquet")
    missing = []
    for sha256, column in used.select("resource", "column").unique().rows():
        result = corpus[sha256][1]
        if isinstance(result, Converted):
            top = result.cells.frame.head(3).drop("line").rows()
            names = {(cell or "").strip().replace("\n", "\r\n") for row in top for cell in row}
            if column not in names:
                missing.append(column)
    assert set(missing) == {"Notes", "tree-species-list"}
