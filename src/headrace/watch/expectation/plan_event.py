"""Whether plans that have reached a stage have the fields that are due from then on."""

from typing import Final

import orjson
import polars as pl

from headrace.watch.expectation.evidence import Evidence
from headrace.watch.expectation.judgement import Judgement
from headrace.watch.expectation.parameters import Parameters

TIMETABLE: Final = "plan-timetable"
"""The dataset that says which event of which plan took place when."""

EVENT: Final = "proposed-plan-consultation-start"


def check_fields_after_plan_event(evidence: Evidence, parameters: Parameters) -> Judgement:
    """Find plans that lack one of `fields` although their `plan_event` took place before today.

    A plan of the dataset is meant by the field `plan` of the timetable, or by the field of the dataset's own name.
    """
    fields = parameters.texts("fields")
    event = parameters.text("plan_event", EVENT)
    reached = _reached(evidence, event)
    missing = [
        {"entity": entity, "reference": reference, "organisation_entity": organisation, "missing": absent}
        for entity, reference, organisation, values in _plans(evidence.entity)
        if reference in reached and (absent := [field for field in fields if not values.get(field)])
    ]
    passed = len(reached) - len(missing)
    message = f"of plans past {event}, {len(missing):,} lack a field that is due and {passed:,} do not"
    details = {
        "actual": len(missing),
        "expected": 0,
        "entities": [each["entity"] for each in missing],
        "failures": missing,
    }
    return Judgement(not missing, message, details)


def _reached(evidence: Evidence, event: str) -> set[str]:
    """The references of plans whose event took place before today."""
    reached = set()
    for _, _, _, values in _plans(evidence.other(TIMETABLE)):
        events = {values.get(name) for name in ("plan-event", "local-plan-event", "development-plan-event")}
        happened = str(values.get("actual-date") or "")[:10]
        plan = str(values.get("plan") or values.get(evidence.dataset) or "").rpartition(":")[2]
        if plan and event in events and "" < happened < evidence.today.isoformat():
            reached.add(plan)
    return reached


def _plans(entity: pl.DataFrame) -> list[tuple[int, str, int | None, dict[str, object]]]:
    """Number, reference, organisation and every value by field of each entity."""
    plain = [name for name in entity.columns if name not in ("json", "geojson")]
    return [
        (
            row["entity"],
            row["reference"] or "",
            row["organisation_entity"],
            {name.replace("_", "-"): row[name] for name in plain} | (orjson.loads(row["json"]) if row["json"] else {}),
        )
        for row in entity.iter_rows(named=True)
    ]
