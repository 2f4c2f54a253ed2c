from datetime import date

import pytest

from headrace.model.error import ConfigurationError
from headrace.model.goal import Aim, Unit
from headrace.spec.goals import build_goals

GOALS = """\
goal: Make data faster
objectives:
  - name: sooner
    title: Sooner
    why: For users
    teams: [operations]
    key-results:
      - name: live
        title: Time to live
        measure: data.lead_p85_s
        target: at most 26 hours
        baseline: 3 days
        by: 2027-03-31
      - name: joining
        title: New publishers
        measure: first-release.departed_per_week
        target: at least 2.5 per week
        baseline: 2026-11-01
        by: 2027-03-31
service-team: {title: Service team, purpose: All of it}
teams:
  - {name: operations, title: Operations, purpose: Keep it flowing, management: Product management, streams: [data]}
disciplines: [Design, Data]
"""

STREAMS = ("data", "standards")
MEASURES = {
    "data": {"lead_p85_s": Unit.SECONDS, "waiting": Unit.COUNT},
    "first-release": {"departed_per_week": Unit.PER_WEEK},
    "collect": {"variability": Unit.RATIO},
    "report/issues": {"errors": Unit.COUNT},
}


def test_key_results_are_bound_to_measures_in_the_unit_of_the_measure() -> None:
    live, joining = build_goals(GOALS, "goals.yaml", STREAMS, MEASURES).key_results

    assert ("data.lead_p85_s", Unit.SECONDS, Aim.AT_MOST, 26 * 3600.0, 3 * 86400.0, date(2027, 3, 31)) == (
        *(live.measure, live.unit, live.aim, live.target),
        *(live.baseline, live.by),
    )
    assert (Unit.PER_WEEK, Aim.AT_LEAST, 2.5, date(2026, 11, 1)) == (
        *(joining.unit, joining.aim, joining.target),
        joining.baseline,
    )


def test_teams_and_what_they_share_keep_their_order() -> None:
    goals = build_goals(GOALS, "goals.yaml", STREAMS, MEASURES)

    assert ("Make data faster", ["operations"], ("Design", "Data")) == (
        goals.goal,
        [team.name for team in goals.teams],
        goals.disciplines,
    )


@pytest.mark.parametrize(
    ("found", "instead", "line", "said"),
    [
        ("data.lead_p85_s", "date.lead_p85_s", 10, "there is no stage, stream or report 'date'"),
        ("data.lead_p85_s", "data.speed", 10, "measure is 'data.speed'"),
        ("data.lead_p85_s", "data", 10, "measure is 'data'; expected one of data.lead_p85_s, data.waiting$"),
        ("data.lead_p85_s", "data.constraint", 10, "measure is 'data.constraint'"),
        ("data.lead_p85_s", "collect.lead_p85_s", 10, "one of collect.variability"),
        ("data.lead_p85_s", "report/issues.errors", 11, "there is '26 hours'; expected a number"),
        ("at most 26 hours", "26 hours", 11, "'at most' or 'at least'"),
        ("at most 26 hours", "at most 26 per week", 11, "one of hour, hours"),
        ("at most 26 hours", "at most", 11, "'at most' or 'at least'"),
        ("baseline: 3 days", "baseline: long", 12, "there is 'long'"),
        ("by: 2027-03-31", "by: 2027-02-31", 13, "a day, such as"),
        ("name: live", "name: Live", 8, "lower-case letters"),
        ("name: joining", "name: live", 14, "the name 'live' comes twice"),
        ("teams: [operations]", "teams: [standards]", 6, "one of operations"),
        ("streams: [data]", "streams: [water]", 22, "one of data, standards"),
        ("    why: For users\n", "", 3, "'why' is missing"),
        ("    why: For users\n", "    why: For users\n    because: x\n", 6, "'because' is not known here"),
        ("    why: For users\n", "    why: For users\n    why: x\n", 6, "'why' comes twice"),
        ("disciplines: [Design, Data]", "disciplines: []", 23, "an empty list"),
        ("disciplines: [Design, Data]", "disciplines: [{a: b}]", 23, "there is a mapping"),
        ("disciplines: [Design, Data]", "disciplines: [Design, Data", 24, "not YAML"),
        ("goal: Make data faster", "goal:", 1, "there is nothing"),
    ],
)
def test_a_fault_is_told_with_its_line(found: str, instead: str, line: int, said: str) -> None:
    assert found in GOALS
    with pytest.raises(ConfigurationError, match=said) as told:
        build_goals(GOALS.replace(found, instead, 1), "goals.yaml", STREAMS, MEASURES)

    assert f"goals.yaml:{line}" == told.value.where


@pytest.mark.parametrize("text", ["", "- goal", "goal", "a: &a [*a]", "\x00"])
def test_a_document_that_is_no_goals_is_refused(text: str) -> None:
    with pytest.raises(ConfigurationError, match=r"goals\.yaml"):
        build_goals(text, "goals.yaml", STREAMS, MEASURES)
