import json
from pathlib import Path

import pytest

from headrace.convert.encoding import decode

CASES = json.loads((Path(__file__).parents[1] / "cases" / "convert" / "encoding.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["fact"])
def test_the_encoding_is_found_from_the_bytes(case: dict[str, str]) -> None:
    """As the case says; its bytes are written as the characters of the same number."""
    text = decode(case["bytes"].encode("latin-1"))
    assert (case["charset"], case["text"]) == (text.charset, text.utf8.decode())


def test_the_choice_is_told_with_its_reason() -> None:
    """A decision about the encoding is always there."""
    decision = decode(b"\xa35").decisions[0]
    assert (decision.about, decision.choice) == ("encoding", "cp1252")
    assert "Windows" in decision.reason
