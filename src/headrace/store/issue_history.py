"""The history of a dataset's issues: which appeared and which went, night by night."""

from io import BytesIO
from pathlib import Path
from typing import Final

import orjson
import polars as pl

from headrace.store.file import write_whole
from headrace.store.lake import Lake

KEPT: Final = ("issue", "organisation", "field", "issue_type", "value", "reference")

CHANGE_SCHEMA: Final = pl.Schema({"night": pl.String, "last_seen": pl.String} | dict.fromkeys(KEPT, pl.String))
"""One change: an issue that appeared on a night (`last_seen` is null), or that was gone on that night and had been seen
last on another. Nights are ISO days."""

HISTORY_SCHEMA: Final = pl.Schema(dict.fromkeys((*KEPT, "first_seen", "last_seen"), pl.String))
"""Every issue ever seen, with the first and the last night on which it was there."""


class IssueHistory:
    """The history of one dataset in a lake: `issue-history/<dataset>/<night>.parquet`, one segment of changes a night.

    A segment is written once, or again with the same contents when a night is run again; nights without a change have
    none. `latest.json` says how far the history goes: the night, the one before it, and what the issues were found in.
    History goes forward only: a night before the latest is not recorded.
    """

    def __init__(self, lake: Lake, dataset: str) -> None:
        self._folder = lake.root / "issue-history" / dataset

    def night(self) -> str | None:
        """The latest night that is recorded; None before the first."""
        return self._latest()["night"]

    def record(self, night: str, inputs: str, current: Path) -> None:
        """Record the issues that are there on a night.

        Args:
            night: ISO day.
            inputs: hash of what the issues were found in; where it is as before, so are the issues.
            current: Parquet file of `CURRENT_ISSUE_SCHEMA`; it is only read where the hash is another.
        """
        latest = self._latest()
        if latest["night"] is not None and night < latest["night"]:
            return
        before = latest["before"] if latest["night"] == night else latest["night"]
        if inputs != latest["inputs"]:
            self._write(night, self._changes(night, before, pl.read_parquet(current)))
        body = {"night": night, "before": before, "inputs": inputs}
        write_whole(self._folder / "latest.json", orjson.dumps(body))

    def read(self) -> pl.DataFrame:
        """`HISTORY_SCHEMA`, by first night; an issue that is still there was seen last on the latest night."""
        latest = pl.lit(self.night(), pl.String)
        history = _replay(self._segments()).with_columns(pl.col("last_seen").fill_null(latest))
        return history.sort("first_seen", "issue")

    def _changes(self, night: str, before: str | None, current: pl.DataFrame) -> pl.DataFrame:
        """What is different from the night before; a segment that this night has already is not counted."""
        known = _replay(self._segments().filter(pl.col("night") != night))
        open_then = known.filter(pl.col("last_seen").is_null())
        now = current.select(KEPT).unique("issue", keep="first", maintain_order=True)
        appeared = now.join(open_then, on="issue", how="anti").with_columns(last_seen=pl.lit(None, pl.String))
        gone = open_then.join(now, on="issue", how="anti").with_columns(last_seen=pl.lit(before, pl.String))
        names = CHANGE_SCHEMA.names()
        changes = [frame.with_columns(night=pl.lit(night)).select(names) for frame in (appeared, gone)]
        return pl.concat(changes).sort("issue")

    def _write(self, night: str, changes: pl.DataFrame) -> None:
        path = self._folder / f"{night}.parquet"
        if changes.height or path.exists():
            buffer = BytesIO()
            changes.write_parquet(buffer, compression="zstd")
            write_whole(path, buffer.getvalue())

    def _segments(self) -> pl.DataFrame:
        paths = sorted(self._folder.glob("*.parquet"))
        return pl.read_parquet(paths) if paths else pl.DataFrame(schema=CHANGE_SCHEMA)

    def _latest(self) -> dict[str, str | None]:
        try:
            latest: dict[str, str | None] = orjson.loads((self._folder / "latest.json").read_bytes())
        except FileNotFoundError:
            return dict.fromkeys(("night", "before", "inputs"))
        return latest


def _replay(changes: pl.DataFrame) -> pl.DataFrame:
    """`HISTORY_SCHEMA`, with `last_seen` null while an issue is there: what the last change of each says."""
    return (
        changes.sort("night", maintain_order=True)
        .group_by("issue", maintain_order=True)
        .agg(
            *(pl.col(name).first() for name in KEPT[1:]),
            first_seen=pl.col("night").first(),
            last_seen=pl.col("last_seen").last(),
        )
        .select(HISTORY_SCHEMA.names())
        .cast(HISTORY_SCHEMA)
    )
