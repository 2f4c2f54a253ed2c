"""Whatever comes and goes, the history knows when it was there."""

from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from headrace.assemble.current_issue import CURRENT_ISSUE_SCHEMA
from headrace.store.issue_history import IssueHistory
from headrace.store.lake import Lake

NIGHTS = [f"2026-11-{day:02}" for day in range(1, 8)]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.frozensets(st.sampled_from("abcd")), min_size=1, max_size=len(NIGHTS)), st.data())
def test_first_and_last_nights_are_those_on_which_an_issue_was_there(
    there: list[frozenset[str]], data: st.DataObject
) -> None:
    """For any nights, some of them run twice: what is read is the first and the last on which each issue was."""
    with TemporaryDirectory() as folder:
        history = IssueHistory(Lake(Path(folder)), "tree")
        for night, issues in zip(NIGHTS, there, strict=False):
            for _ in range(data.draw(st.integers(1, 2))):
                record(history, Path(folder), night, issues)
        seen = {
            issue: [night for night, issues in zip(NIGHTS, there, strict=False) if issue in issues]
            for issue in frozenset().union(*there)
        }
        assert {(issue, nights[0], nights[-1]) for issue, nights in seen.items()} == set(
            history.read().select("issue", "first_seen", "last_seen").rows()
        )


def record(history: IssueHistory, folder: Path, night: str, issues: frozenset[str]) -> None:
    columns = {name: pl.lit(None, kind) for name, kind in CURRENT_ISSUE_SCHEMA.items() if name != "issue"}
    path = folder / "current.parquet"
    pl.DataFrame({"issue": sorted(issues)}, schema={"issue": pl.String}).with_columns(**columns).write_parquet(path)
    history.record(night, ",".join(sorted(issues)), path)
