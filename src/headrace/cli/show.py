"""What commands print: tables for people, JSON when asked for or when the output is piped."""

import sys
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Final

import orjson
from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Column, Table

BETWEEN: Final = 3
"""Characters between two columns of figures."""


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


def show_figures(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows of short texts as a table in which none is broken; columns for which there is no room are named."""
    told = list(rows)
    console = Console()
    widths = [max(map(cell_len, column)) for column in zip(columns, *told, strict=True)]
    taken = list(accumulate(width + BETWEEN for width in widths))
    shown = max(sum(end - BETWEEN <= console.width for end in taken), 1)
    left_out = [column for column in columns[shown:] if column]
    table = Table(
        *(Column(column, no_wrap=True) for column in columns[:shown]),
        box=SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        title=title,
        title_justify="left",
        header_style="bold",
    )
    for row in told:
        table.add_row(*row[:shown])
    console.print(table)
    if left_out:
        console.print(f"A wider window shows {', '.join(left_out)} too.", highlight=False, markup=False)
    console.print()


def show_line(text: str) -> None:
    """Print one line."""
    sys.stdout.write(f"{text}\n")
