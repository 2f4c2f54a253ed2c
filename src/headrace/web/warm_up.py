"""Warming up: what takes long is measured when the service starts, so that the first who asks need not wait for it."""

from datetime import UTC, datetime
from threading import Thread

from fastapi import FastAPI

from headrace.web.endpoint_error_reading import error_reading_at
from headrace.web.goal import stand
from headrace.web.stream_reading import take_whole


def start_to_warm_up(app: FastAPI) -> Thread:
    """Begin to read the stream, the past of the goals and the collection log; the service can end meanwhile."""
    thread = Thread(target=_warm_up, args=(app,), name="warm-up", daemon=True)
    thread.start()
    return thread


def _warm_up(app: FastAPI) -> None:
    reading = take_whole(app.state.lake_root, datetime.now(UTC))
    stand(app.state.lake_root, app.state.goals, reading)
    error_reading_at(app.state.lake_root).read()
