"""What an entry says apart from its reference, as one hash: two entries with the same one may be about one entity."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Final

import polars as pl

NOT_COMPARED: Final = frozenset({"entity", "entry-date", "prefix", "priority", "reference"})
"""Fields that say how an entity is known and when an entry was made, and not what the entity is."""

_WHOSE: Final = "organisation"
_BETWEEN_FIELDS, _BETWEEN_PARTS = "\x1e", "\x1f"


def hash_likeness(said: pl.DataFrame, entry: Sequence[str]) -> pl.DataFrame:
    """The likeness of each entry that says anything beside its reference and its organisation.

    Args:
        said: the columns of `entry`, then `reference`, `field` and `value` (String; null or "" where nothing is said);
            a row for each field of each entry. A value that repeats the reference, as a name may, is not compared.
        entry: the columns that tell one entry from another.

    Returns:
        The columns of `entry`, and `likeness`: SHA-256 in hexadecimal.
    """
    compared = said.filter(
        pl.col("field").is_in(NOT_COMPARED).not_()
        & (pl.col("value").fill_null("") != "")
        & pl.col("value").ne_missing(pl.col("reference"))
    )
    text = pl.concat_str("field", "value", separator=_BETWEEN_PARTS).sort().str.join(_BETWEEN_FIELDS)
    texts = (
        compared.group_by(entry)
        .agg(text.alias("text"), (pl.col("field") != _WHOSE).any().alias("enough"))
        .filter("enough")
    )
    hashes = [sha256(each.encode()).hexdigest() for each in texts["text"].to_list()]
    return texts.select(*entry, pl.Series("likeness", hashes, pl.String))
