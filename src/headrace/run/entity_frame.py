"""The entities of a dataset as they are compared: from the file of a release, or from any table of them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import orjson
import polars as pl
import shapely

from headrace.model.error import ReleaseError
from headrace.watch.canary.pair import SHAPE

ENDINGS: Final = (".parquet", ".csv")

_MAGIC: Final = b"PAR1"

_LEFT_OUT: Final = ("dataset", "geojson", "bbox", "json", "organisation-entity", "geometry", "point")


def read_entity_frame(path: Path, organisations: Mapping[int, str] | None = None) -> pl.DataFrame:
    """A table of entities with `entity`, `organisation`, `reference`, every field as text, and `shape`, WKB.

    Columns may be named in kebab or in snake case. Where there is no `entity`, organisation and reference stand for it.

    Args:
        path: a Parquet or CSV file; `geometry` and `point` are WKB or WKT.
        organisations: the names of organisations by their entity numbers, for `organisation-entity`.

    Raises:
        ReleaseError: the file cannot be read, or says neither what its entities are nor whose.
    """
    frame = _read_table(path)
    frame = frame.rename({name: name.replace("_", "-") for name in frame.columns})
    if "reference" not in frame.columns or not {"organisation", "organisation-entity"} & set(frame.columns):
        raise ReleaseError(
            f"{path}: has the columns {', '.join(frame.columns)}; expected reference, and organisation or"
            " organisation-entity, too"
        )
    owner = pl.col("organisation") if "organisation" in frame.columns else _named(organisations or {})
    whole = frame.with_columns(organisation=owner).hstack(_read_json(frame))
    if "entity" not in frame.columns:
        whole = whole.with_columns(entity=pl.concat_str("organisation", "reference", separator="/"))
    shaped = whole.with_columns(_read_shape(frame)).drop(name for name in _LEFT_OUT if name in whole.columns)
    return shaped.with_columns(pl.all().exclude(SHAPE).cast(pl.String))


def _read_table(path: Path) -> pl.DataFrame:
    """A file of either kind, known by its first bytes, because the files of a release have no endings."""
    try:
        with path.open("rb") as file:
            is_parquet = file.read(len(_MAGIC)) == _MAGIC
        return pl.read_parquet(path) if is_parquet else pl.read_csv(path, infer_schema=False)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise ReleaseError(f"{path}: cannot be read: {error}; expected a table of entities as Parquet or CSV") from None


def _named(organisations: Mapping[int, str]) -> pl.Expr:
    number = pl.col("organisation-entity").cast(pl.Int64, strict=False)
    names = number.replace_strict(organisations, default=None, return_dtype=pl.String)
    return pl.coalesce(names, number.cast(pl.String))


def _read_json(frame: pl.DataFrame) -> pl.DataFrame:
    """The fields within `json` that are no columns, as text."""
    if "json" not in frame.columns:
        return pl.DataFrame()
    said = [orjson.loads(text) if text else {} for text in frame["json"]]
    names = {name: name.replace("_", "-") for each in said for name in each}
    return pl.DataFrame(
        [
            pl.Series(kebab, [_plain(each.get(name)) for each in said], dtype=pl.String)
            for name, kebab in names.items()
            if kebab not in frame.columns
        ]
    )


def _plain(value: object) -> str | None:
    return value if value is None or isinstance(value, str) else orjson.dumps(value).decode()


def _read_shape(frame: pl.DataFrame) -> pl.Series:
    """The geometry of each row, or else its point, as WKB; null where there is none that can be read."""
    columns = [_wkb(frame[name]) for name in ("geometry", "point") if name in frame.columns]
    if not columns:
        return pl.Series(SHAPE, [None] * frame.height, dtype=pl.Binary)
    return pl.select(pl.coalesce(columns).alias(SHAPE)).to_series()


def _wkb(column: pl.Series) -> pl.Series:
    if column.dtype == pl.Binary:
        return column
    shapes = shapely.from_wkt(column.cast(pl.String).replace("", None).to_numpy(), on_invalid="ignore")
    return pl.Series(column.name, list(shapely.to_wkb(shapes)), dtype=pl.Binary)
