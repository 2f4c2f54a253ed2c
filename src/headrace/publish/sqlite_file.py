"""A SQLite file made in one go from frames, and never changed afterwards.

Every write happens in one order in one transaction, so that the same frames give the same bytes with the same SQLite.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

import polars as pl

from headrace.publish.sqlite_tree import PAGE_BYTES, Pages, lay_index, lay_table, runs_of_equals

_CACHE_KIB: Final = 262_144
_ROWS_AT_ONCE: Final = 50_000


@contextmanager
def new_database(to: Path) -> Iterator[sqlite3.Connection]:
    """A new, empty database at `to`, which is finished, with statistics for the query planner, when the block ends.

    There is no journal: a file whose block raised is not to be used, and is removed.
    """
    to.unlink(missing_ok=True)
    connection = sqlite3.connect(to, isolation_level=None)
    try:
        connection.execute(f"PRAGMA page_size={PAGE_BYTES}")
        connection.execute("PRAGMA journal_mode=OFF")
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
        connection.execute("BEGIN")
        yield connection
        connection.execute("ANALYZE")
        connection.execute("COMMIT")
    except BaseException:
        connection.close()
        to.unlink(missing_ok=True)
        raise
    connection.close()


def add_table(
    connection: sqlite3.Connection,
    table: str,
    frame: pl.DataFrame,
    *,
    key: str | None = None,
    references: Mapping[str, str] | None = None,
) -> None:
    """Add a table with the columns, types and rows of a frame.

    `key` is its primary key; `references` says which column holds the key, of the same name, of which table. Moments
    become ISO 8601 text in UTC, days ISO text, lists and structures JSON text, truth 0 or 1.
    """
    columns = [
        f"{quote(name)} {_declare(name, kind)}{' PRIMARY KEY' if name == key else ''}"
        for name, kind in frame.schema.items()
    ]
    links = [
        f"FOREIGN KEY ({quote(column)}) REFERENCES {quote(other)} ({quote(other)})"
        for column, other in (references or {}).items()
    ]
    connection.execute(f"CREATE TABLE {quote(table)} ({', '.join(columns + links)})")
    insert_rows(connection, table, frame)


def insert_rows(connection: sqlite3.Connection, table: str, frame: pl.DataFrame) -> None:
    """Insert the rows of a frame, in their order, into the columns of a table that have the same names."""
    # What is null throughout need not be said: it is null by default.
    filled = [column.name for column in frame if column.null_count() < len(column)] or frame.columns[:1]
    frame = frame.select(filled)
    names = ", ".join(quote(name) for name in frame.columns)
    places = ", ".join("?" * frame.width)
    statement = f"INSERT INTO {quote(table)} ({names}) VALUES ({places})"
    for part in _store(frame).iter_slices(_ROWS_AT_ONCE):
        connection.executemany(statement, part.rows())


def lay_rows(file: Path, table: str, frame: pl.DataFrame, indexed: Sequence[str]) -> None:
    """Fill a table of a finished database that was left empty, with its indexes and their statistics, all at once.

    Args:
        file: made by `new_database`.
        table: its name.
        frame: the columns of the table, in their order; integers, and text that is null or has few different lengths.
        indexed: the columns that have an index, named as by `add_indexes`; each is text of one length.
    """
    if frame.is_empty():
        return
    runs = runs_of_equals(frame)
    rows = pl.concat([run.rows for run in runs])
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=OFF")
        roots = dict(connection.execute("SELECT name, rootpage FROM sqlite_schema WHERE tbl_name = ?", (table,)))
        for column in indexed:
            share = -(-len(rows) // rows[column].n_unique())
            said = (table, _index_of(table, column), f"{len(rows)} {share}")
            connection.execute("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?, ?, ?)", said)
    with file.open("r+b") as opened:
        pages = Pages(opened)
        lay_table(runs, roots[table], pages)
        for column in indexed:
            lay_index(rows[column], roots[_index_of(table, column)], pages)
        pages.close()


def add_indexes(connection: sqlite3.Connection, table: str, columns: Iterable[str]) -> None:
    """Add an index on each of the columns, named as users of the existing platform know it."""
    for column in columns:
        name = quote(_index_of(table, column))
        connection.execute(f"CREATE INDEX {name} ON {quote(table)} ({quote(column)})")


def quote(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def _index_of(table: str, column: str) -> str:
    return f"{table}_on_{column}_index"


def _declare(name: str, kind: pl.DataType) -> str:
    if name == "json":
        return "JSON"
    if kind.is_integer() or isinstance(kind, pl.Boolean):
        return "INTEGER"
    if kind.is_float():
        return "REAL"
    return "BLOB" if isinstance(kind, pl.Binary) else "TEXT"


def _store(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with each value as SQLite keeps it."""
    return frame.with_columns(
        _store_column(name, kind)
        for name, kind in frame.schema.items()
        if kind.is_temporal()
        or kind.is_nested()
        or isinstance(kind, pl.Boolean | pl.Decimal | pl.Categorical | pl.Enum)
    )


def _store_column(name: str, kind: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if isinstance(kind, pl.Datetime):
        moment = column.dt.convert_time_zone("UTC") if kind.time_zone else column
        return moment.dt.strftime("%Y-%m-%dT%H:%M:%S%.6fZ")
    if isinstance(kind, pl.Duration):
        return column.dt.total_microseconds()
    if isinstance(kind, pl.Boolean):
        return column.cast(pl.Int64)
    if kind.is_nested():
        wrapped = pl.struct(column.alias("value")).struct.json_encode()
        return pl.when(column.is_null()).then(None).otherwise(wrapped.str.slice(9).str.head(-1)).alias(name)
    return column.cast(pl.String)
