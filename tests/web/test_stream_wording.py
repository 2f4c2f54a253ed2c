from datetime import UTC, datetime

from headrace.web.stream_wording import (
    address_of_item,
    address_of_list,
    format_moment,
    format_percentile,
    format_rate,
    format_working_hours,
    shorten_item,
)


def test_a_percentile_that_is_not_known_is_longer_than_what_was_seen() -> None:
    """And a dash where nothing was seen."""
    assert (
        format_percentile(None, 7200.0),
        format_percentile(30.0, 7200.0),
        format_percentile(None, None),
    ) == ("over 2 h", "30 s", "–")


def test_working_hours_are_hours_however_many_they_are() -> None:
    """A day of them would be read as 24."""
    told = [format_working_hours(seconds) for seconds in (None, 90.0, 5400.0, 40 * 3600.0)]
    assert ["–", "90 s", "1.5 h", "40 h"] == told


def test_a_moment_is_to_the_second_in_utc() -> None:
    """A dash stands for none."""
    assert (
        format_moment(datetime(2026, 11, 4, 1, 2, 3, tzinfo=UTC)),
        format_moment(None),
    ) == ("4 Nov 2026, 01:02:03", "–")


def test_a_rate_has_a_decimal_where_it_matters() -> None:
    """Less than ten a day."""
    assert [format_rate(rate) for rate in (0, 0.1, 9.5, 1234.6)] == ["0", "0.1", "9.5", "1,235"]


def test_hashes_are_shortened_wherever_they_stand() -> None:
    """Everything else is said in full."""
    assert shorten_item("tree/" + "0123456789abcdef" * 4) == "tree/0123456789ab…"
    assert shorten_item("tree/x:LBH/TPO 12") == "tree/x:LBH/TPO 12"


def test_addresses_are_quoted() -> None:
    """Whatever a publisher calls a thing, its address is one path."""
    assert address_of_item("reference", "a/b?#") == "/stream/item/reference/a%2Fb%3F%23"
    assert address_of_list("collect", state="failed", waits_for=None) == "/stream/collect?state=failed"
