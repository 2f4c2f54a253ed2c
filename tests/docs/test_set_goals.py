import re
from pathlib import Path

from headrace.store.goals import read_goals

PAGE = Path(__file__).parent.parent.parent / "docs" / "how-to" / "set-goals.md"


def test_the_goals_of_the_page_can_be_read(tmp_path: Path) -> None:
    """The example is a whole file."""
    text = re.search(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert text
    own = tmp_path / "goals.yaml"
    own.write_text(text[1], encoding="utf-8")
    assert ["report-to-answer", "mended-at-once", "errors"] == [result.name for result in read_goals(own).key_results]
