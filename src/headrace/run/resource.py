"""One resource: from its bytes to what it becomes under its rules."""

from collections.abc import Callable
from pathlib import Path

from headrace.convert.resource import convert
from headrace.model.cells import Unconverted
from headrace.model.result import Result, result_of_batch, result_of_unconverted
from headrace.spec.rules import Rules
from headrace.transform.phases import transform


def read_resource(
    path: Path, rules: Rules, seconds: Callable[[], float], converted: Callable[[], None] = lambda: None
) -> Result:
    """What the resource at `path` becomes; one that cannot be read becomes nothing, with the reason.

    Args:
        path: its bytes.
        rules: all that applies to it.
        seconds: a clock that only goes forward.
        converted: called between reading the bytes and applying the rules.
    """
    begun = seconds()
    conversion = convert(path)
    converted()
    if isinstance(conversion, Unconverted):
        return result_of_unconverted(rules.dataset.dataset, rules.resource, conversion, seconds() - begun)
    batch = transform(conversion.cells, rules)
    return result_of_batch(batch, rules.dataset.dataset, rules.resource, conversion, seconds() - begun)
