"""Pages of the documentation that are made from data and code."""

import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parent.parent.parent / "docs"
GENERATED = ("reference/issues.md", "reference/reports.md")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the pages written afresh."""
    folder = tmp_path_factory.mktemp("docs")
    (folder / "generate.py").write_bytes((DOCS / "generate.py").read_bytes())
    subprocess.run([sys.executable, str(folder / "generate.py")], check=True)
    return folder


@pytest.mark.parametrize("page", GENERATED)
def test_the_page_in_the_repository_is_what_is_generated(page: str, written: Path) -> None:
    """Nobody has changed the page, or what it is made from, without the other."""
    assert (written / page).read_text(encoding="utf-8") == (DOCS / page).read_text(encoding="utf-8")
