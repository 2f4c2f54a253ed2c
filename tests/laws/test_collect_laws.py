"""Laws of collecting."""

from ipaddress import IPv4Address, IPv6Address

from hypothesis import given
from hypothesis import strategies as st

from headrace.collect.address import judge_address
from headrace.collect.not_data import judge_body
from headrace.collect.page_links import find_links
from headrace.collect.policy import Policy

STRICT = Policy(contact="https://data.example")
OPEN = Policy(contact="https://data.example", allow_loopback=True, allow_private=True)


@given(st.ip_addresses(v=4))
def test_only_the_internet_is_asked_by_default(address: IPv4Address) -> None:
    """Without leave, an address that is not of the internet is never asked."""
    assert judge_address(str(address), STRICT) is not None or address.is_global


@given(st.ip_addresses(v=4), st.sampled_from([STRICT, OPEN]))
def test_a_wrapped_address_is_judged_as_what_it_is(address: IPv4Address, policy: Policy) -> None:
    """There is no way round the guard through the addresses of IPv6 that stand for those of IPv4."""
    plain = judge_address(str(address), policy) is None
    mapped = IPv6Address(b"\0" * 10 + b"\xff\xff" + address.packed)
    translated = IPv6Address(bytes.fromhex("0064ff9b0000000000000000") + address.packed)
    tunnelled = IPv6Address(bytes.fromhex("2002") + address.packed + b"\0" * 10)
    assert {plain} == {judge_address(str(each), policy) is None for each in (mapped, translated, tunnelled)}


@given(st.ip_addresses())
def test_leave_only_ever_opens(address: IPv4Address | IPv6Address) -> None:
    """What may be asked without leave may be asked with it."""
    assert judge_address(str(address), STRICT) is not None or judge_address(str(address), OPEN) is None


@given(
    st.sampled_from([None, "", "text/html", "text/csv; charset=utf-8", "application/json"]), st.binary(max_size=6000)
)
def test_any_body_can_be_judged(content_type: str | None, body: bytes) -> None:
    """No bytes that a server may send stop the collector."""
    assert judge_body(content_type, body) is None or body.strip() == b"" or judge_body(content_type, body)


@given(st.text(alphabet=st.sampled_from("<>a href=\"'/![]-.:csv\x00\n"), max_size=200))
def test_no_page_stops_the_reading_of_its_links(html: str) -> None:
    """Whatever a page holds, there are links or there are none, and each is an address of the web."""
    for link in find_links(html, "https://data.example/"):
        assert link.url.startswith(("http://", "https://"))
