"""Warming up: what takes long is measured when the service starts, so that the first who asks need not wait for it."""

from datetime import UTC, datetime
from threading import Thread

from fastapi import FastAPI

from headrace.web.goal import stand
from headrace.web.stream_reading import take_whole


def start_to_warm_up(app: FastAPI) -> Thread:
    """Begin to read the stream and the past of the goals, in a thread that does not keep the service from ending."""
    thread = Thread(target=_warm_up, args=(app,), name="warm-up", daemon=True)
    thread.start()
    return thread


def _warm_up(app: FastAPI) -> None:
    reading = take_whole(app.state.lake_root, datetime.now(UTC))
    stand(app.state.lake_root, app.state.goals, reading)
