"""Writes the pages of the reference that are made from data and code: `python docs/generate.py`."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from headrace.report.issue_reference import write_issue_reference
from headrace.report.performance.registry import PERFORMANCE_COLUMNS
from headrace.report.quality.reference import write_report_reference
from headrace.report.quality.registry import REPORTS
from headrace.store.guidance import read_builtin_issue_types, read_issue_guidance

PAGES: Final[dict[str, Callable[[], str]]] = {
    "reference/issues.md": lambda: write_issue_reference(read_issue_guidance().values(), read_builtin_issue_types()),
    "reference/reports.md": lambda: write_report_reference(REPORTS, PERFORMANCE_COLUMNS),
}
"""Path within `docs/` → what makes its text."""


def write_pages(folder: Path) -> None:
    """Write every page below a folder."""
    for path, make in PAGES.items():
        page = folder / path
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(make(), encoding="utf-8")


if __name__ == "__main__":
    write_pages(Path(__file__).parent)
