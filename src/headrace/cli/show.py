"""What commands print: tables for people, JSON when asked for or when the output is piped."""

import sys
from collections.abc import Iterable, Sequence

import orjson
from rich.console import Console
from rich.table import Column, Table


def wants_json(asked: bool | None) -> bool:
    """Whether to print JSON: as asked, or else when nobody is looking."""
    return not sys.stdout.isatty() if asked is None else asked


def show_json(value: object) -> None:
    """Print a value as JSON."""
    sys.stdout.write(orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE, default=str).decode())


def show_rows(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows as a table."""
    folded = (Column(column, overflow="fold") for column in columns)  # an address that is cut short is of no use
    table = Table(*folded, title=title, title_justify="left", header_style="bold", expand=False)
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    Console().print(table)


def show_line(text: str) -> None:
    """Print one line."""
    sys.stdout.write(f"{text}\n")
