"""What takes long is measured before anybody asks."""

from datetime import UTC, datetime
from pathlib import Path

from headrace.web.app import create_app
from headrace.web.stream_reading import take_whole
from headrace.web.warm_up import start_to_warm_up


def test_who_asks_first_is_given_what_was_measured_before(tmp_path: Path) -> None:
    """The measures are of a moment before the question; a lake without a release can be measured too."""
    start_to_warm_up(create_app(tmp_path)).join()
    asked = datetime.now(UTC)

    assert take_whole(tmp_path, asked).stream.now < asked


def test_without_it_who_asks_first_waits_for_the_measures(tmp_path: Path) -> None:
    asked = datetime.now(UTC)

    assert asked == take_whole(tmp_path, asked).stream.now
