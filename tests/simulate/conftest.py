"""What the tests of the small England share."""

from collections.abc import Iterator

import pytest

from headrace.simulate.england import England


@pytest.fixture
def england() -> Iterator[England]:
    """An England on any free port, on its first day."""
    with England(port=0) as country:
        yield country
