"""The charts of one stage over time, and the numbers they are drawn from."""

from fastapi import APIRouter, Response

from headrace.flow.close_up import TABLES, tell
from headrace.report.stage_charts import READING
from headrace.web.chart import answer_chart_file
from headrace.web.close_ups import Looked
from headrace.web.compression import CompressedRoute
from headrace.web.flow_answer import answer_csv, answer_json
from headrace.web.problem import not_found
from headrace.web.stage_drawing import stage_charts
from headrace.web.stream import LIVE, Measured, Passed, measures_of
from headrace.web.stream_wording import address_of_list

router = APIRouter(route_class=CompressedRoute)


@router.get("/stream/{stage}/chart/{file}", tags=["stream"], summary="A chart of a stage: SVG, PNG or Vega-Lite")
def answer_stage_chart(stage: str, file: str, passed: Passed, stream: Measured, looked: Looked) -> Response:
    """The charts of `READING`, with `-narrow` for a telephone; `.svg`, `.png` or `.vl.json`."""
    measures_of(stage, stream)
    return answer_chart_file(file, stage_charts(looked.look(passed, stage, stream.now)), LIVE)


@router.get("/stream/{stage}/numbers.json", tags=["stream"], summary="A stage over time, and its forecast")
def answer_stage_numbers(stage: str, passed: Passed, stream: Measured, looked: Looked) -> Response:
    """What the charts of a stage show, durations in seconds; `csv` says where its longer tables are."""
    measures_of(stage, stream)
    close = looked.look(passed, stage, stream.now)
    addresses = {name: f"{address_of_list(stage)}/numbers/{name}.csv" for name in TABLES}
    return answer_json(tell(close) | {"how_to_read": READING, "csv": addresses})


@router.get("/stream/{stage}/numbers/{name}.csv", tags=["stream"], summary="The numbers of one chart of a stage")
def answer_stage_table(stage: str, name: str, passed: Passed, stream: Measured, looked: Looked) -> Response:
    """`flow`, `cycle-times`, `ageing`, `behaviour`, `throughput`, `survival`, `rates-by-day`, `-week`, `-month`."""
    measures_of(stage, stream)
    if name not in TABLES:
        raise not_found(f"There are no numbers {name!r} of a stage. There are {', '.join(TABLES)}.")
    return answer_csv(TABLES[name](looked.look(passed, stage, stream.now)))
