from pathlib import Path

import pytest

from headrace.model.error import ConfigurationError
from headrace.store.goals import read_goals
from headrace.store.streams import read_streams


def test_the_built_in_goals_measure_every_stream() -> None:
    """One goal, four objectives, two teams with their own product management and six disciplines across both."""
    goals = read_goals()

    model = read_streams()
    places = {result.measure.partition(".")[0] for result in goals.key_results}
    streams = {place if place in model.by_name else model.stages[place].stream for place in places}
    assert ("Make data faster", 4, 2, 6) == (
        goals.goal,
        *map(len, (goals.objectives, goals.teams, goals.disciplines)),
    )
    assert set(model.by_name) == streams


def test_a_team_brings_its_own_file(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("goal: [", encoding="utf-8")

    with pytest.raises(ConfigurationError, match=r"own\.yaml:1: not YAML"):
        read_goals(own)
    with pytest.raises(ConfigurationError, match="cannot be read"):
        read_goals(tmp_path / "none.yaml")
    own.write_bytes(b"goal: \xff")
    with pytest.raises(ConfigurationError, match="not UTF-8"):
        read_goals(own)
