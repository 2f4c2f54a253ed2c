"""How things are worded on pages."""

import pytest

from headrace.web.wording import (
    format_bytes,
    format_count,
    format_day,
    format_sentence,
    is_web_address,
    name_field,
    pluralise,
    render_markdown,
)


@pytest.mark.parametrize(
    ("text", "said"), [("2024-05-01", "1 May 2024"), ("", ""), (None, ""), ("about 1970", "about 1970")]
)
def test_days_are_said_as_people_do(text: str | None, said: str) -> None:
    """An ISO date is said in words; what is no date is left as it is."""
    assert said == format_day(text)


@pytest.mark.parametrize(
    ("length", "said"),
    [(0, "0 bytes"), (999, "999 bytes"), (1_500, "1.5 kB"), (123_456_789, "123 MB"), (5e12, "5000 GB")],
)
def test_lengths_are_said_in_a_fitting_unit(length: int, said: str) -> None:
    """A length has at most three digits before the point, and one after it below a hundred."""
    assert said == format_bytes(length)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("https://example.org/a?b=c#d", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        ("example.org", False),
        ("https://", False),
        ("https://exa mple.org", False),
        ("https://[broken", False),
        (12, False),
    ],
)
def test_only_absolute_http_addresses_become_links(text: object, is_one: bool) -> None:
    """Nothing that could run, or that leads nowhere, becomes a link."""
    assert is_one == is_web_address(text)


def test_fields_are_named() -> None:
    """A field is a label with its initials in capitals."""
    assert ["Start date", "Documentation URL", "UPRN"] == [
        name_field(field) for field in ("start-date", "documentation_url", "uprn")
    ]


def test_counts_and_nouns_agree() -> None:
    """One has a singular; everything else, nothing too, a plural."""
    assert ["1 row", "0 rows", "1,200 entities"] == [
        pluralise(1, "row"),
        pluralise(0, "row"),
        pluralise(1200, "entity", "entities"),
    ]
    assert "18,234" == format_count(18234)


def test_descriptions_become_sentences() -> None:
    """A description begins with a capital and ends with a stop, one stop."""
    assert ["Land graded.", "Land graded."] == [format_sentence("land graded"), format_sentence(" Land graded. ")]


def test_markdown_cannot_smuggle_html() -> None:
    """HTML is shown as text, and a script is no link."""
    shown = render_markdown("<img src=x onerror=alert(1)> [x](javascript:alert(1)) *so*")

    assert "<img" not in shown
    assert "<a" not in shown
    assert "<em>so</em>" in shown
