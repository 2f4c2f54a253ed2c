from pathlib import Path

import pytest
from typer.testing import CliRunner

from headrace.cli.serve import app


@pytest.mark.parametrize("by", ["option", "setting"])
def test_a_service_map_that_cannot_be_used_is_told_before_anything_is_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    """With its file and line, and what was expected."""
    wrong = tmp_path / "map.yaml"
    wrong.write_text("title: Mine\nlanes: []\nservices:\n- id: s\n  name: S\n")
    words = ["--lake", str(tmp_path), "--port", "0"]
    if by == "option":
        words += ["--service-map", str(wrong)]
    else:
        monkeypatch.setenv("HEADRACE_SERVICE_MAP", str(wrong))
    ran = CliRunner().invoke(app, words)
    assert ran.exit_code == 2
    assert "map.yaml:4 (services[0]): it has no stages; expected one stage at least" in ran.output
