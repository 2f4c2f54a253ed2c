"""The law of dates: a text names the day that Python's own `strptime` finds with the first form that fits."""

import re
from datetime import UTC, date, datetime

from hypothesis import example, given
from hypothesis import strategies as st

from headrace.values.date_format import FORMATS, cut_fraction, read_date

DIGITS_ONLY = re.compile("(?:%[YmdHMS])+")


@st.composite
def written_dates(draw: st.DrawFn) -> str:
    """A moment in one of the forms, sometimes with a character lost, doubled or changed."""
    moment = draw(st.datetimes(timezones=st.just(UTC), min_value=datetime(1000, 1, 1)))
    text = moment.strftime(draw(st.sampled_from(FORMATS)))
    place = draw(st.integers(0, len(text)))
    return (
        text[:place]
        + draw(st.sampled_from(["", "", "", "0", " ", "/", "13", "+", ".5", "123456"]))
        + text[place + draw(st.sampled_from([0, 0, 0, 1])) :]
    )


def _by_strptime(text: str) -> date | None:
    cut = cut_fraction(text)
    first = next(rank for rank, form in enumerate(FORMATS) if "%f" in form) if cut != text else 0
    for form in FORMATS[first:]:
        if DIGITS_ONLY.fullmatch(form) and len(cut) != 4 + 2 * (form.count("%") - 1):
            continue
        try:
            return datetime.strptime(cut, form).date()
        except ValueError:
            continue
    return None


@given(text=written_dates())
@example("Thu, 11 Dec 2025 00:00:00 GMT")
@example("1/ 2/2020")
@example("2020-01- 2")
@example("2013/04/15 00:00:00+01:00:30.5")
@example("2013/04/15 00:00:00+0130.5")
@example("200001 1")
def test_the_first_form_that_fits_decides(text: str) -> None:
    """Reading by outline and pattern finds what trying every form in turn finds."""
    assert _by_strptime(text) == read_date(text)


@given(text=st.text(max_size=30))
def test_any_text_can_be_asked(text: str) -> None:
    """No text is too odd to be refused."""
    assert _by_strptime(text) == read_date(text)
