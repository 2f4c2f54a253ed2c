"""What publishers are told of each issue type."""

import csv
import time
from pathlib import Path

import polars as pl
import pytest

from configured import TODAY, organisations
from headrace.model.error import ConfigurationError
from headrace.run.resource import read_resource
from headrace.spec.configuration import PIPELINE_TABLES, build_configuration
from headrace.spec.issue_guidance import COLUMNS, IssueGuidance, Raised, Rows, build_issue_guidance
from headrace.spec.numbering import build_numbering
from headrace.spec.rules import Provenance, resolve
from headrace.spec.table import LINE, Table
from headrace.store.builtin import builtin_datasets
from headrace.store.configuration_files import read_pipeline, read_specification
from headrace.store.csv_table import read_optional_table, read_table
from headrace.store.guidance import read_builtin_issue_types, read_issue_guidance

OVERLAY = Path(__file__).parent.parent / "cases" / "guidance" / "pipeline"
GUIDANCE = read_issue_guidance()
BUILT_IN = ("brownfield-land", "conservation-area")
FOUND = [code for code, guide in GUIDANCE.items() if guide.raised is Raised.YES]
NOT_FOUND = [code for code, guide in GUIDANCE.items() if guide.raised is not Raised.YES]
ALWAYS = "combined-value"
"""Raised for every value of a field that configuration combines, a single one too."""


def types_found(guide: IssueGuidance, rows: Rows, specification: Path, folder: Path) -> set[str]:
    """The types of the issues that a file of these rows has."""
    file = folder / "file.csv"
    with file.open("w", newline="", encoding="utf-8") as opened:
        csv.writer(opened).writerows(rows)
    pipeline = builtin_datasets() / "pipeline" / guide.dataset
    tables = read_pipeline(pipeline if pipeline.is_dir() else OVERLAY)
    for name, columns in PIPELINE_TABLES.items():
        more = read_optional_table(OVERLAY / f"{name}.csv", name, columns)
        tables[name] = more if more.frame.height else tables[name]
    configuration = build_configuration(guide.dataset, tables, build_numbering(tables))
    provenance = Provenance("r", ("e",), ("local-authority:ALD",), "2026-11-01")
    rules = resolve(read_specification(specification), configuration, organisations(), provenance, TODAY)
    return set(read_resource(file, rules, time.perf_counter).issues["type"])


def specification_of(guide: IssueGuidance, request: pytest.FixtureRequest) -> Path:
    """The folder of a specification that has the dataset of an example."""
    if guide.dataset in BUILT_IN:
        return builtin_datasets() / "specification"
    shared: Path = request.getfixturevalue("shared")
    return shared / "digital-land" / "specification"


@pytest.mark.parametrize("code", FOUND)
def test_the_wrong_example_has_the_issue_and_the_right_one_has_not(
    code: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """A file of the wrong rows has an issue of the type; a file of the right rows has none."""
    guide = GUIDANCE[code]
    specification = specification_of(guide, request)
    assert code in types_found(guide, guide.wrong, specification, tmp_path)
    if code != ALWAYS:
        assert code not in types_found(guide, guide.right, specification, tmp_path)


@pytest.mark.parametrize("code", NOT_FOUND)
def test_what_is_said_not_to_be_found_is_not(code: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """A type that is kept for other systems and former years, or of which no file is known, is not found."""
    guide = GUIDANCE[code]
    assert code not in types_found(guide, guide.wrong, specification_of(guide, request), tmp_path)


def test_every_issue_type_has_guidance() -> None:
    """The built-in specification has no type without guidance, and there is none without a type."""
    assert list(read_builtin_issue_types()) == list(GUIDANCE)


def test_every_real_issue_type_has_guidance(shared: Path) -> None:
    """Nor has the real specification."""
    real = read_table(shared / "digital-land" / "specification" / "issue-type.csv", "issue-type.csv")
    assert set() == set(real.frame["issue-type"]) - set(GUIDANCE)


def test_guidance_is_written_in_sentences() -> None:
    """Reasons and advice end like sentences; a title does not, because it is a heading."""
    for guide in GUIDANCE.values():
        assert guide.why.endswith("."), guide.code
        assert guide.how.endswith("."), guide.code
        assert not guide.title.endswith("."), guide.code


@pytest.mark.parametrize(
    ("column", "cell", "problem"),
    [
        ("why", "", "why is blank"),
        ("raised", "maybe", "raised is 'maybe'"),
        ("wrong", "reference", "wrong is 'reference'"),
        ("right", "a | b\n1", "right is 'a | b\\n1'"),
    ],
)
def test_malformed_guidance_is_an_error_with_its_line(column: str, cell: str, problem: str) -> None:
    """The message says which line, what is there, and what was expected."""
    row = dict.fromkeys(COLUMNS, "text") | {"wrong": "a\n1", "right": "a\n2", "raised": "yes"} | {column: cell}
    frame = pl.DataFrame([row]).insert_column(0, pl.Series(LINE, [2], pl.UInt32))
    with pytest.raises(ConfigurationError) as raised:
        build_issue_guidance(Table("issue.csv", frame))
    assert str(raised.value).startswith(f"issue.csv:2: {problem}; expected ")
