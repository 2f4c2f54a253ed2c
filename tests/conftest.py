"""What every test may ask for."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("headrace", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("headrace")

PROJECT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data, which lies outside the repository; `HEADRACE_SHARED=none` skips what needs it."""
    named = os.environ.get("HEADRACE_SHARED", "../shared")
    if named == "none":
        pytest.skip("real data left out by intention: HEADRACE_SHARED=none")
    folder = (PROJECT / named / "data").resolve()
    if not folder.is_dir():
        pytest.fail(f"no real data: got HEADRACE_SHARED={named!r}, expected the folder that holds `data`, or `none`")
    return folder
