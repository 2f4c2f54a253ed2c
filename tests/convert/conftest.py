"""Tables in the form in which tests state them."""

from collections.abc import Callable

import polars as pl
import pytest

from headrace.model.cells import Converted, Unconverted

Rows = list[tuple[str | None, ...]]


@pytest.fixture
def rows() -> Callable[[pl.DataFrame], Rows]:
    """`rows(frame)`: the cells of each record, without its number."""
    return lambda frame: frame.drop("line").rows()


@pytest.fixture
def converted_rows(rows: Callable[[pl.DataFrame], Rows]) -> Callable[[Converted | Unconverted], Rows]:
    """`converted_rows(result)`: the cells of each record; a result that is `Unconverted` fails with its reason."""

    def of(result: Converted | Unconverted) -> Rows:
        if isinstance(result, Unconverted):
            pytest.fail(result.reason)
        return rows(result.cells.frame)

    return of
