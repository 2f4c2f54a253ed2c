"""Laws of the field types that are read one text at a time."""

from collections.abc import Callable
from datetime import date
from functools import partial

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from headrace.values import address, coordinate, curie, decimal, flag, integer, text, url
from headrace.values import date as date_type
from headrace.values.column import FEW
from headrace.values.parsed import Parsed
from headrace.values.registry import FIELD_TYPES

TODAY = date(2026, 11, 22)
Parse = Callable[[str], Parsed]
Canonical = Callable[[pl.Expr], pl.Expr]

MODULES: dict[str, tuple[Parse, Canonical]] = {
    "address": (address.parse, address.canonical),
    "curie": (curie.parse, curie.canonical),
    "datetime": (partial(date_type.parse, today=TODAY), partial(date_type.canonical, today=TODAY)),
    "decimal": (decimal.parse, decimal.canonical),
    "flag": (flag.parse, flag.canonical),
    "integer": (integer.parse, integer.canonical),
    "longitude": (coordinate.parse, coordinate.canonical),
    "string": (text.parse, text.canonical),
    "url": (url.parse, url.canonical),
}
EVERY_TYPE = pytest.mark.parametrize("datatype", sorted(MODULES))

BLANKS = " \t\n\r\x1c\x1f\x85\xa0\u2003\u200b\u2028"
likely = st.one_of(
    st.text(alphabet="0123456789.,-+eE£_/ ", max_size=14),
    st.text(alphabet="ab,;-\"”'" + BLANKS, max_size=14),
    st.from_regex(r"\A[12][0-9]{3}[-/. ][01]?[0-9][-/. ][0-3]?[0-9]([T ][0-2][0-9]:[0-5][0-9](:[0-5][0-9])?Z?)?\Z"),
    st.from_regex(
        r"\Ahttps?://[a-z0-9.-]{1,12}[.][a-z]{2,3}(:[0-9]{2})?(/[a-zA-Z0-9._~%+/-]{0,6})?([?][a-z]=[a-z&=]{0,4})?\Z"
    ),
    st.sampled_from(["yes", "no", "Y", " n ", "true"]),
    st.text(max_size=20),
)


def _is_canonical(canonical: Canonical, given_text: str) -> bool:
    return bool(pl.DataFrame({"text": [given_text]}).select(canonical(pl.col("text"))).item())


@EVERY_TYPE
@given(given_text=likely)
@example("\x1f")
@example("a ")
@example("-0")
def test_what_is_canonical_stays_as_it_is(datatype: str, given_text: str) -> None:
    """A text that counts as published already is read as itself, with nothing wrong."""
    parse, canonical = MODULES[datatype]
    if _is_canonical(canonical, given_text):
        assert Parsed(given_text) == parse(given_text)


@EVERY_TYPE
@given(given_text=likely)
def test_what_is_published_is_read_as_itself(datatype: str, given_text: str) -> None:
    """Reading a published value again changes nothing.

    Not so for texts and addresses with quotation marks: as in the existing platform they are taken out last, which can
    leave two spaces, or a comma at an end.
    """
    parse, _ = MODULES[datatype]
    value = parse(given_text).value
    if value is not None and not (datatype in {"string", "address"} and set(text.QUOTES) & set(given_text)):
        assert Parsed(value) == parse(value)


@EVERY_TYPE
@given(texts=st.lists(likely, max_size=8, unique=True))
def test_a_column_is_read_as_its_texts_are(datatype: str, texts: list[str]) -> None:
    """Reading a column, long enough for the short cut, gives what reading each of its texts gives."""
    parse, _ = MODULES[datatype]
    texts += [f"{number} more" for number in range(FEW)]
    column = FIELD_TYPES[datatype].parse_column(pl.Series(texts, dtype=pl.String), today=TODAY)
    parsed = [parse(one) for one in texts]
    assert [one.value for one in parsed] == column.values.to_list()
    expected = [(index, p.type, p.value, p.message) for index, one in enumerate(parsed) for p in one.problems]
    assert expected == column.problems.rows()


@EVERY_TYPE
@given(given_text=st.text(min_size=1))
def test_a_text_has_a_value_or_a_reason_not_both(datatype: str, given_text: str) -> None:
    """What is not published is logged, unless it was nothing but blanks and marks that are left out."""
    parsed = MODULES[datatype][0](given_text)
    if parsed.problems:
        assert parsed.value is None
    elif parsed.value is None:
        assert not "".join(mark for mark in given_text if mark not in f",;{text.QUOTES}").strip()
