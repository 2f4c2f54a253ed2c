"""Links from page to page."""

from urllib.parse import parse_qs, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from headrace.web.pagination import make_links


def offset_of(link: str) -> int:
    return int(parse_qs(urlsplit(link).query).get("offset", ["0"])[0])


@given(count=st.integers(0, 2_000), limit=st.integers(1, 500))
def test_next_from_first_visits_every_page_and_ends_on_last(count: int, limit: int) -> None:
    """Pages that follow one another by `next` cover every entity once, and the last of them is `last`."""
    offset, offsets = 0, [0]
    while "next" in (links := make_links("/x", [], count, limit, offset)):
        offset = offset_of(links["next"])
        offsets.append(offset)

    assert list(range(0, max(count, 1), limit)) == offsets
    assert offsets[-1] == offset_of(links.get("last", "/x"))


@given(count=st.integers(1, 2_000), limit=st.integers(1, 500), offset=st.integers(0, 5_000))
def test_prev_leads_back_to_something(count: int, limit: int, offset: int) -> None:
    """From anywhere, past the end too, `prev` leads to a page that has something on it."""
    links = make_links("/x", [], count, limit, offset)

    if count > limit and offset:
        assert offset_of(links["prev"]) < count
        assert offset_of(links["prev"]) < offset


def test_parameters_are_kept_and_written_as_addresses() -> None:
    """Repeats, spaces and signs come through; a blank value and the old offset do not."""
    links = make_links("/x", [("q", "a b&c"), ("d", "1"), ("d", "2"), ("e", ""), ("offset", "7")], 30, 10, 10)

    assert "/x?q=a+b%26c&d=1&d=2&limit=10&offset=20" == links["next"]
