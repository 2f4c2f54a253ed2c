"""What configuration chooses where a conversion would otherwise decide for itself."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

Choices: TypeAlias = Mapping[str, str]
"""About what (`encoding`, `delimiter`, `header`, `sheet`, `layer`, `member`, …) → what is chosen."""

NO_CHOICES: Final[Choices] = MappingProxyType({})

CONFIGURED: Final = "the configuration says so"
"""The reason of a decision that configuration has taken."""
