import pytest
from hypothesis import given
from hypothesis import strategies as st

from headrace.web.lettering import shorten_text, text_width, wrap_text


@pytest.mark.parametrize(
    ("text", "bold", "width"), [("", False, 0), ("il", False, 444), ("il", True, 556), ("→", False, 1000)]
)
def test_a_line_is_as_wide_as_its_characters(text: str, bold: bool, width: int) -> None:
    assert width == text_width(text, 1000, bold=bold)


def test_lines_break_at_words_and_only_too_long_words_break() -> None:
    assert ("Ask every", "endpoint", "for its file") == wrap_text("Ask every endpoint for its file", 12, 60)
    assert "".join(wrap_text("planning.data.gov.uk", 12, 50)) == "planning.data.gov.uk"


@given(st.text(max_size=80), st.floats(30, 300), st.booleans())
def test_no_line_is_too_wide_and_nothing_is_lost(text: str, width: float, bold: bool) -> None:
    lines = wrap_text(text, 12, width, bold=bold)
    assert "".join(text.split()) == "".join("".join(lines).split())
    assert all(text_width(line, 12, bold=bold) <= width for line in lines)


@given(st.text(max_size=80), st.floats(40, 300))
def test_what_is_shortened_fits(text: str, width: float) -> None:
    short = shorten_text(text, 12, width)
    assert text_width(short, 12) <= width
    assert short == text or short.endswith("…")
