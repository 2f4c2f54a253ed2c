"""A table of configuration as it was read: text, with the line of each row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from headrace.model.error import ConfigurationError

LINE = "#line"
"""Name of the column that holds the number of the line, the header being 1."""

Row = dict[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Rows of one CSV file of the specification or the configuration.

    Attributes:
        name: the file, as a person knows it, for example `pipeline/conservation-area/column.csv`.
        frame: `#line` (UInt32) and String columns; null where a cell is blank.
    """

    name: str
    frame: pl.DataFrame

    def rows(self) -> Iterator[Row]:
        """Each row as text by column, blank cells as ""; `#line` is text too."""
        yield from self.frame.with_columns(pl.all().cast(pl.String).fill_null("")).iter_rows(named=True)

    def require(self, *columns: str) -> "Table":
        """The same table, once it is known to have these columns.

        Raises:
            ConfigurationError: one is missing.
        """
        missing = [column for column in columns if column not in self.frame.columns]
        if missing:
            raise ConfigurationError(
                f"{self.name}:1",
                f"the header has no {', '.join(repr(column) for column in missing)} (it has {self.header()})",
                f"a header with the columns {', '.join(columns)}",
            )
        return self

    def header(self) -> str:
        """The names of the columns, for a message."""
        return ", ".join(column for column in self.frame.columns if column != LINE)

    def where(self, row: Row) -> str:
        """The address of one of its rows, `file:line`."""
        return f"{self.name}:{row[LINE]}"

    def number(self, row: Row, column: str) -> int:
        """The whole number in one cell.

        Raises:
            ConfigurationError: it is something else.
        """
        try:
            return int(row[column])
        except ValueError as error:
            raise ConfigurationError(self.where(row), f"{column} is {row[column]!r}", "a whole number") from error


def empty_table(name: str, columns: Sequence[str]) -> Table:
    """A table without rows, for a file that may be left out."""
    return Table(name, pl.DataFrame(schema={LINE: pl.UInt32} | dict.fromkeys(columns, pl.String)))
