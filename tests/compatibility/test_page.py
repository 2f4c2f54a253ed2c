"""The page about compatibility names tests and cases that exist, and all cases."""

import ast
import json
import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent.parent
PAGE = (PROJECT / "docs" / "compatibility.md").read_text()
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))
CASES = [
    str(case["case"])
    for name in ("resources.json", "workbooks.json")
    for case in json.loads((PROJECT / "tests" / "cases" / "compatibility" / name).read_text())
]


@pytest.mark.parametrize(("file", "function"), NAMED, ids="::".join)
def test_a_test_that_the_page_names_exists(file: str, function: str) -> None:
    """The file has a function of that name."""
    tree = ast.parse((PROJECT / file).read_text())
    assert function in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_difference_has_a_test() -> None:
    """Each row of a table whose last column is `test` ends with one."""
    tables = [table.splitlines() for table in PAGE.split("\n\n") if table.partition("\n")[0].endswith("| test |")]
    assert len(tables) > 1
    assert [] == [row for table in tables for row in table[2:] if not re.search(r"`tests/[\w/]+\.py::\w+` \|$", row)]


@pytest.mark.parametrize("case", CASES)
def test_every_case_is_on_the_page(case: str) -> None:
    """In quotation marks, as it is called in its file."""
    assert f'"{case}"' in PAGE.replace("\n", " ")


def test_every_link_leads_to_a_file() -> None:
    """Links are relative to the page."""
    targets = re.findall(r"\]\(([^)#]+)\)", PAGE)
    assert targets
    assert [] == [target for target in targets if not (PROJECT / "docs" / target).exists()]
