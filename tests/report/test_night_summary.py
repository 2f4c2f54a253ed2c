import json

from headrace.report.night_summary import NightSummary

NIGHT = NightSummary(
    run="2026-11-24",
    attempts=1500,
    failed_attempts=503,
    new_resources=7,
    unchanged_resources=990,
    entries=4210,
    facts=60123,
    issues=88,
    refused=21,
    entities=22037,
    release="20261124-0a1b2c3d4e5f",
    seconds_by_stage={"collect": 61.25, "convert": 3.5},
    cpu_seconds=12.04,
)
TOLD = """\
Run                   2026-11-24
Attempts              1,500
Attempts that failed  503 (33.5%)
New resources         7
Resources unchanged   990
Entries read          4,210
Entries refused       21 (0.5%)
Facts                 60,123
Issues                88
Entities              22,037
Release               20261124-0a1b2c3d4e5f
Time to collect       61.2 s
Time to convert       3.5 s
Processor time        12.0 s
"""


def test_a_night_is_told_in_lines() -> None:
    """One line a number, with shares where a number alone says little."""
    assert NIGHT.as_text() == TOLD


def test_a_night_without_attempts_or_release_says_so() -> None:
    """Nothing is divided by nothing, and the missing release is explained."""
    rows = dict(NightSummary("r", 0, 0, 0, 0, 0, 0, 0, 0, 0, None).as_rows())
    assert (rows["Attempts that failed"], rows["Release"]) == ("0", "none: nothing changed")


def test_a_night_survives_json() -> None:
    """What is written as JSON makes the same summary again."""
    assert NightSummary(**json.loads(json.dumps(NIGHT.as_json()))) == NIGHT
