"""What a pipeline chooses where converting a resource would otherwise decide for itself: the table `convert.csv`."""

from typing import Final

from headrace.model.error import ConfigurationError
from headrace.spec.scope import Applicable
from headrace.spec.table import Table

CHOOSABLE: Final = (
    "axis-order",
    "crs",
    "delimiter",
    "encoding",
    "examples",
    "header",
    "hidden-cells",
    "layer",
    "member",
    "merged-cells",
    "orientation",
    "sheet",
)
"""What can be chosen, in the words of the decisions that are recorded."""


def read_choices(applied: Applicable, table: Table) -> dict[str, str]:
    """About what → what is chosen; what is said of a resource outranks what is said of its endpoint, and that the rest.

    Raises:
        ConfigurationError: a row is about something that cannot be chosen, or chooses nothing.
    """
    choices = {}
    for row in applied.narrowing():
        if row["about"] not in CHOOSABLE:
            raise ConfigurationError(table.where(row), f"about is {row['about']!r}", f"one of {', '.join(CHOOSABLE)}")
        if not row["choice"]:
            raise ConfigurationError(table.where(row), "choice is blank", f"what is chosen about the {row['about']}")
        choices[row["about"]] = row["choice"]
    return choices
