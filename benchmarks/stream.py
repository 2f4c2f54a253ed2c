"""The stream over four years of real collecting: import, first reading, every measure, one more event, the page.

    python benchmarks/stream.py DATA

DATA holds `collection-log/` and `digital-land/`. A lake is made in a temporary folder and removed. Printed are seconds
of computing (of all threads) and seconds passed; where a machine does something else the former are to be compared.
"""

import argparse
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from fastapi.testclient import TestClient

from headrace.model.event import Kind, Stage
from headrace.run.log_import import import_log
from headrace.store.event_record import EventRecord
from headrace.store.lake import Lake
from headrace.web.app import create_app
from headrace.web.stream_gauge import FRESH, Gauge

T = TypeVar("T")


def timed(what: str, target_s: float, work: Callable[[], T]) -> T:
    """Do something and print how long it took beside how long it may take."""
    cpu, wall = time.process_time(), time.perf_counter()
    result = work()
    spent, passed = time.process_time() - cpu, time.perf_counter() - wall
    print(f"{what:58} {spent:8.3f} s of computing, {passed:8.3f} s passed; target {target_s:g} s")
    return result


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    data = parser.parse_args().data
    with TemporaryDirectory() as folder:
        lake = Lake(Path(folder) / "lake")
        log, config = data / "collection-log", data / "digital-land"
        imported = timed("import of attempts and events", 60, lambda: import_log(log, lake, config))
        print(f"  {imported.rows:,} rows: {imported.attempts:,} attempts, {imported.events:,} events")
        timed("import again", 60, lambda: import_log(log, lake, config))
        gauge = Gauge(lake.root)
        now = datetime.now(UTC)
        passed = timed("first reading", 3, gauge.read)
        timed("  and every measure of every stream", 3, lambda: gauge.measure(now))
        record = EventRecord(lake, "benchmark", lambda: datetime.now(UTC))
        for number in range(3):
            item = passed.visits["item"][number * 100_000]
            record.emit("endpoint", item, Stage.COLLECT, Kind.STARTED)
            timed("one more event, read and measured", 1, lambda: gauge.measure(datetime.now(UTC)))
        timed("silences, the first time", 3, lambda: gauge.silence(now))
        timed("  and after that", 1, lambda: gauge.silence(now + FRESH + timedelta(seconds=1)))
        record.close()
        with TestClient(create_app(lake.root)) as client:
            timed("/stream, the first time", 3, lambda: client.get("/stream").raise_for_status())
            for _ in range(3):
                timed("/stream when nothing changed", 0.05, lambda: client.get("/stream").raise_for_status())


if __name__ == "__main__":
    main()
