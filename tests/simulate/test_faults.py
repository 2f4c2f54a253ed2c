"""How answers fail."""

import pytest

from headrace.simulate import faults
from headrace.simulate.web_server import Reply

GOOD = Reply(b"reference,name\n1,Here\n", 200, (("Content-Type", "text/csv"),))


@pytest.mark.parametrize(
    ("fault", "statuses"),
    [
        (faults.not_found, [404, 404]),
        (faults.server_error_once, [500, 200]),
        (faults.too_many_once, [429, 200]),
        (faults.web_page, [200, 200]),
        (faults.service_report, [200, 200]),
        (faults.storage_message, [200, 200]),
        (faults.map_server_report, [200, 200]),
        (faults.empty, [200, 200]),
        (faults.broken_off, [200, 200]),
        (faults.silent(3), [200, 200]),
    ],
)
def test_a_fault_has_its_status(fault: faults.Fault, statuses: list[int]) -> None:
    """Some faults pass with the first asking of the day, the others stay; many hide behind status 200."""
    assert statuses == [fault(GOOD, visit).status for visit in (1, 2)]


@pytest.mark.parametrize("fault", [faults.server_error_once, faults.too_many_once])
def test_what_passes_leaves_the_good_answer(fault: faults.Fault) -> None:
    """The second asking gets what the first should have had."""
    assert fault(GOOD, 1) != GOOD
    assert fault(GOOD, 2) == GOOD


@pytest.mark.parametrize(
    ("fault", "beginning"),
    [
        (faults.web_page, b"\n\n<!-- site"),
        (faults.service_report, b'<?xml version="1.0"'),
        (faults.storage_message, b'<?xml version="1.0"'),
        (faults.map_server_report, b'{"error":'),
        (faults.empty, b""),
    ],
)
def test_what_is_sent_instead_is_no_data(fault: faults.Fault, beginning: bytes) -> None:
    """Nothing of the good answer is left in it."""
    reply = fault(GOOD, 1)
    assert reply.body.startswith(beginning)
    assert GOOD.body not in reply.body


def test_a_third_is_missing() -> None:
    """All of the body is announced, and two thirds are sent."""
    reply = faults.broken_off(GOOD, 1)
    assert (reply.body, reply.missing_bytes) == (GOOD.body, len(GOOD.body) // 3)


def test_silence_has_a_length() -> None:
    """The good answer comes, too late."""
    reply = faults.silent(3.5)(GOOD, 1)
    assert (reply.body, reply.delay_seconds) == (GOOD.body, 3.5)
