"""Exit codes: 0 done, 1 done but the answer is no, 2 could not be done."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import typer

from headrace.model.error import HeadraceError

ANSWER_IS_NO: Final = 1
COULD_NOT_BE_DONE: Final = 2


@contextmanager
def plain_errors() -> Iterator[None]:
    """Say an expected error in one line, and end with exit code 2."""
    try:
        yield
    except HeadraceError as error:
        sys.stderr.write(f"headrace: {error}\n")
        raise typer.Exit(COULD_NOT_BE_DONE) from error
