"""What every test may ask for."""

import os
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data, which lies outside the repository; `HEADRACE_SHARED=none` skips what needs it."""
    named = os.environ.get("HEADRACE_SHARED", "../shared")
    if named == "none":
        pytest.skip("real data left out by intention: HEADRACE_SHARED=none")
    folder = (PROJECT / named / "data").resolve()
    if not folder.is_dir():
        pytest.fail(f"real data not found: set HEADRACE_SHARED to the folder that holds `data` (got {named!r}), or to `none`")
    return folder
