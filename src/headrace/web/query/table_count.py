"""How many rows each table of a database has."""

from headrace.publish.sqlite_file import quote
from headrace.web.database import Database


def count_rows(database: Database) -> dict[str, int]:
    """Table → number of rows, exactly; from the statistics that were made with the file, where it is in them.

    Source: SQLite, ANALYZE: the first number of `sqlite_stat1.stat` is the number of rows of the table.
    """
    tables = [row[0] for row in database.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    known = {row["tbl"]: int(row["stat"].split()[0]) for row in database.rows("SELECT tbl, stat FROM sqlite_stat1")}
    return {table: known.get(table) or _count(database, table) for table in tables}


def _count(database: Database, table: str) -> int:
    return int(database.rows(f"SELECT count(*) FROM {quote(table)}")[0][0])
