import json
from pathlib import Path

import pytest

from headrace.convert.format import recognise

CASES = json.loads((Path(__file__).parents[1] / "cases" / "convert" / "format.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["fact"])
def test_the_format_is_found_from_the_content(case: dict[str, str]) -> None:
    """As the case says; its bytes are written as the characters of the same number."""
    content = recognise(case["bytes"].encode("latin-1"))
    assert (case["format"], case["mime_type"]) == (content.format, content.mime_type)
