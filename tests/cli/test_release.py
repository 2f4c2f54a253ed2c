"""`headrace release compare`: a verdict, as JSON and as Markdown."""

import json
import subprocess
import sys
from pathlib import Path

from canary_entities import areas


def run(*arguments: object) -> tuple[int, str, str]:
    command = [sys.executable, "-m", "headrace", "release", "compare", *map(str, arguments)]
    ran = subprocess.run(command, capture_output=True, check=False, text=True)
    return ran.returncode, ran.stdout, ran.stderr


def test_the_verdict_is_told_and_is_the_exit_status(tmp_path: Path) -> None:
    """0 for what passes, 1 for what does not, 2 for what cannot be compared."""
    before, after = tmp_path / "before", tmp_path / "after"
    for folder, frame in ((before, areas()), (after, areas().filter(organisation="local-authority:ALD"))):
        folder.mkdir()
        frame.rename({"shape": "geometry"}).write_parquet(folder / "conservation-area.parquet")

    code, said, _ = run(before, after)
    told = json.loads(said)
    assert (1, "hold") == (code, told["verdict"])
    assert ["local-authority:BEC", "local-authority:COL"] == told["datasets"][0]["held"]
    _, text, _ = run(before, after, "--markdown")
    assert text.startswith("# Hold: after is for a person to decide")
    assert "12 of 12 entities of local-authority:BEC are gone" in text
    assert 0 == run(before, before)[0]
    code, _, wrong = run(before, tmp_path)
    assert (2, True) == (code, "no table of entities" in wrong)
