"""What comes of judging an expectation."""

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from headrace.watch.expectation.parameters import Parameters, UnjudgeableError


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether an expectation holds.

    Attributes:
        passed: whether it does; None where it cannot be judged.
        message: what was found, or why it cannot be judged, in a sentence.
        details: what shows it, ready to be written as JSON.
    """

    passed: bool | None
    message: str
    details: Mapping[str, object] = field(default_factory=dict)


COMPARISONS: Final[Mapping[str, Callable[[int, int], bool]]] = {
    "equals_to": operator.eq,
    "not_equal_to": operator.ne,
    "greater_than": operator.gt,
    "greater_than_or_equal_to": operator.ge,
    "less_than": operator.lt,
    "less_than_or_equal_to": operator.le,
}
"""How a count can be compared with what is expected."""


def judge_count(actual: int, parameters: Parameters, rule: str, of_what: str, **details: object) -> Judgement:
    """Compare a count with the parameter `expected` by the parameter `comparison_rule`, or else by `rule`.

    Raises:
        UnjudgeableError: a parameter is missing or wrong.
    """
    expected = parameters.number("expected")
    name = parameters.text("comparison_rule", rule)
    if name not in COMPARISONS:
        raise UnjudgeableError(f"comparison_rule is {name!r}; expected one of {', '.join(COMPARISONS)}")
    passed = COMPARISONS[name](actual, expected)
    said = {"actual": actual, "expected": expected, **details}
    return Judgement(passed, f"there were {actual:,} {of_what}, expected {name.replace('_', ' ')} {expected:,}", said)


def judge_rows(invalid: Sequence[Mapping[str, object]], what: str, **details: object) -> Judgement:
    """Passed where there are no rows of which `what` (a clause, such as "have a blank name") is true."""
    verb = f"no rows {what}" if not invalid else f"{len(invalid):,} rows {what}"
    return Judgement(not invalid, verb, {**details, "invalid_rows": list(invalid)})
