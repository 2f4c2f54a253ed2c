"""The tables of the database `performance`: those of the existing platform, every report, and the stream's measures."""

from datetime import datetime
from pathlib import Path

import polars as pl

from headrace.flow.stream import Stream, measure, passages
from headrace.publish.record import write_record_sqlite
from headrace.report.performance.registry import PERFORMANCE_TABLES
from headrace.report.quality.material import Material
from headrace.report.quality.registry import REPORTS
from headrace.run.material import read_material
from headrace.run.quality_report import read_patience
from headrace.store.event_record import EventRecord
from headrace.store.lake import Lake
from headrace.store.report_history import ReportHistory
from headrace.store.streams import read_streams


def make_tables(lake: Lake, material: Material, stream: Stream) -> dict[str, pl.DataFrame]:
    """Every table by its name.

    Beside those of `PERFORMANCE_TABLES` there are the rows of each report as `report_<name>`, what the numbers of
    reports have been from which night on (`report_number`), and `stage_measure` and `stream_measure`, measured `at` a
    moment.
    """
    reports = {f"report_{report.name.replace('-', '_')}": report.rows(material) for report in REPORTS}
    return {
        **{name: make(material) for name, make in PERFORMANCE_TABLES.items()},
        **reports,
        "report_number": ReportHistory(lake).changes(),
        "stage_measure": stream.stages.select(pl.lit(stream.now).alias("at"), pl.all()),
        "stream_measure": stream.streams.select(pl.lit(stream.now).alias("at"), pl.all()),
    }


def write_performance(lake: Lake, now: datetime, to: Path) -> dict[str, int]:
    """Write the database of a lake as things are now into a file; how many rows each table has.

    Raises:
        ReleaseError: nothing is live.
    """
    material = read_material(lake, now.date(), read_patience())
    passed = passages(EventRecord(lake).read(), read_streams())
    moment = max(now, passed.recorded_at) if passed.recorded_at else now
    tables = make_tables(lake, material, measure(passed, moment, read_streams()))
    write_record_sqlite(tables, to)
    return {name: frame.height for name, frame in tables.items()}
