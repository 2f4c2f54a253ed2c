"""The history of the numbers of reports: which changed, night by night."""

from dataclasses import asdict, dataclass, replace
from io import BytesIO
from typing import Final

import orjson
import polars as pl

from headrace.store.file import write_whole
from headrace.store.lake import Lake

KEY: Final = ["report", "measure", "dataset", "organisation"]
"""What tells a number from others; `dataset` and `organisation` are null where it is of all of them."""

CHANGE_SCHEMA: Final = pl.Schema(dict.fromkeys(("night", *KEY), pl.String) | {"value": pl.Float64})
"""One change: what a number is from a night on (ISO day); null where it is none any more."""


@dataclass(frozen=True, slots=True)
class _Latest:
    """Every night, and of the latest numbers: the hash of what they were made of, and from when they may be others."""

    nights: tuple[str, ...]
    made_of: str | None = None
    expiry: str | None = None


class ReportHistory:
    """The history in a lake: `report-history/<night>.parquet`, one segment of changes a night.

    A segment is written once, or again with the same contents when a night is run again; nights without a change have
    none. `nights.json` has every night that is recorded, and what the numbers of the latest were made of: a night on
    which nothing changed costs a line in it. History goes forward only: a night before the latest is not recorded.
    """

    def __init__(self, lake: Lake) -> None:
        self._folder = lake.root / "report-history"

    def nights(self) -> list[str]:
        """Every night that is recorded, the earliest first."""
        return list(self._latest().nights)

    def repeat(self, night: str, made_of: str) -> bool:
        """Record that the numbers of a night are those of the one before; False where they have to be made.

        Args:
            night: ISO day.
            made_of: hash of all that they would be made of, besides the day.
        """
        latest = self._latest()
        if latest.made_of != made_of or night < latest.nights[-1] or (latest.expiry and night >= latest.expiry):
            return False
        if night != latest.nights[-1]:
            self._keep(replace(latest, nights=(*latest.nights, night)))
        return True

    def record(self, night: str, numbers: pl.DataFrame, made_of: str | None = None, expiry: str | None = None) -> None:
        """Record the numbers of a night.

        Args:
            night: ISO day.
            numbers: the columns of `KEY` and `value`, each key once.
            made_of: hash of all that they were made of, besides the day; None where it is not known.
            expiry: the ISO day on which they may be others though that is as it was; None where none is to come.
        """
        latest = self._latest()
        if latest.nights and night < latest.nights[-1]:
            return
        self._write(night, self._changes(night, numbers.select(*KEY, "value")))
        self._keep(_Latest(tuple(sorted({*latest.nights, night})), made_of, expiry))

    def read(self, on: str) -> pl.DataFrame:
        """The numbers as they were on a night, or on the last that was recorded before it: `KEY` and `value`."""
        return _replay(self._segments(pl.col("night") <= on))

    def series(self, report: str, dataset: str | None = None, organisation: str | None = None) -> pl.DataFrame:
        """Each measure of a report on each night: `night`, `measure`, `value`.

        A number that is none on a night is 0 there, once the report has been recorded.
        """
        whose = pl.col("dataset").eq_missing(dataset) & pl.col("organisation").eq_missing(organisation)
        changes = self._segments((pl.col("report") == report) & whose).select("measure", "night", "value")
        nights = pl.DataFrame({"night": self.nights()}, schema={"night": pl.String})
        every = nights.join(changes.select("measure").unique(maintain_order=True), how="cross")
        found = every.sort("night").join_asof(
            changes.sort("night"), on="night", by="measure", strategy="backward", check_sortedness=False
        )
        return found.with_columns(pl.col("value").fill_null(0)).select("night", "measure", "value")

    def changes(self) -> pl.DataFrame:
        """`CHANGE_SCHEMA`: every change that is kept, the earliest first."""
        return self._segments(pl.lit(value=True)).sort("night", *KEY)

    def _changes(self, night: str, now: pl.DataFrame) -> pl.DataFrame:
        """What is different from the night before; a segment that this night has already is not counted."""
        before = _replay(self._segments(pl.col("night") != night))
        both = now.join(before, on=KEY, how="full", coalesce=True, nulls_equal=True, suffix="_before")
        changed = both.filter(pl.col("value").ne_missing(pl.col("value_before")))
        return changed.with_columns(night=pl.lit(night)).select(CHANGE_SCHEMA.names()).sort(KEY)

    def _write(self, night: str, changes: pl.DataFrame) -> None:
        path = self._folder / f"{night}.parquet"
        if changes.height or path.exists():
            buffer = BytesIO()
            changes.write_parquet(buffer, compression="zstd")
            write_whole(path, buffer.getvalue())

    def _segments(self, where: pl.Expr) -> pl.DataFrame:
        paths = sorted(self._folder.glob("*.parquet"))
        if not paths:
            return pl.DataFrame(schema=CHANGE_SCHEMA)
        return pl.scan_parquet(paths).filter(where).collect()

    def _latest(self) -> _Latest:
        try:
            latest = orjson.loads((self._folder / "nights.json").read_bytes())
        except FileNotFoundError:
            return _Latest(())
        return _Latest(tuple(latest["nights"]), latest.get("made_of"), latest.get("expiry"))

    def _keep(self, latest: _Latest) -> None:
        write_whole(self._folder / "nights.json", orjson.dumps(asdict(latest)))


def _replay(changes: pl.DataFrame) -> pl.DataFrame:
    """What the last change of each number says, those that are none left out."""
    last = changes.sort("night", maintain_order=True).group_by(KEY, maintain_order=True).agg(pl.col("value").last())
    return last.filter(pl.col("value").is_not_null())
