"""Regular expressions of the configuration, checked where they are read."""

import re
from functools import lru_cache

from headrace.model.error import ConfigurationError


@lru_cache(maxsize=16_384)
def compile_pattern(text: str, where: str, flags: int = 0) -> re.Pattern[str]:
    """The compiled pattern.

    Raises:
        ConfigurationError: it is not a regular expression; `where` is its file and line.
    """
    try:
        return re.compile(text, flags)
    except re.error as error:
        raise ConfigurationError(
            where, f"the pattern {text!r} cannot be read: {error}", "a regular expression as Python reads it"
        ) from error
