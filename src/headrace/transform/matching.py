"""Whether texts match a pattern at their start, as Python's regular expressions define it."""

import re

import polars as pl
from polars.exceptions import ComputeError


def matches_at_start(texts: pl.Series, pattern: re.Pattern[str]) -> pl.Series:
    """Boolean for each text; a null is matched as "".

    The vectorised engine has no look-around or back-references; patterns that need them are matched one by one.
    """
    texts = texts.fill_null("")
    flags = "(?i)" if pattern.flags & re.IGNORECASE else ""
    try:
        return texts.str.contains(f"^{flags}(?:{pattern.pattern})")
    except ComputeError:
        return pl.Series(texts.name, [pattern.match(text) is not None for text in texts], pl.Boolean)
