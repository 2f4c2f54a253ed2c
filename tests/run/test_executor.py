"""Who does the work, and what happens when one of them dies."""

import os
import signal
import threading
import time
from pathlib import Path

import pytest
from distributed import LocalCluster

from deadly import square
from headrace.model.error import SettingsError
from headrace.run.executor import do_all, open_executor
from headrace.run.start import NightOptions, start_night
from headrace.simulate.england import England
from headrace.store.builtin import builtin_datasets


@pytest.mark.parametrize("workers", ["1", "2"])
def test_every_job_is_done_once(workers: str) -> None:
    """Here or in a pool, each job has one result."""
    with open_executor(workers) as executor:
        assert sorted(do_all(executor, square, range(10), lambda job: -job)) == [n * n for n in range(10)]


def test_a_job_that_kills_its_process_is_lost_and_no_other() -> None:
    """The pool dies with the process; the jobs left are done one at a time, and the deadly one is named."""
    with open_executor("2") as executor:
        results = sorted(do_all(executor, square, range(20), lambda job: -job))
    assert results == sorted([-13] + [n * n for n in range(20) if n != 13])


@pytest.mark.parametrize("workers", ["many", "-1", "http://127.0.0.1:8786"])
def test_anything_else_is_refused(workers: str) -> None:
    """The message says what was given and what was expected."""
    with pytest.raises(SettingsError, match=r"--workers: got .*, expected a number"), open_executor(workers):
        pass


def test_a_cluster_that_does_not_answer_is_refused() -> None:
    """Nothing is begun without it."""
    with pytest.raises(SettingsError, match="no Dask scheduler answers"), open_executor("tcp://127.0.0.1:9"):
        pass


def test_a_cluster_that_loses_a_worker_makes_the_same_release(tmp_path: Path) -> None:
    """Two workers, one of which is killed in the middle of the night: the same bytes as without help."""
    with England(port=0) as england:
        england.write_configuration(tmp_path / "config")
        alone = start_night(options(tmp_path, "alone", "1"))
        with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
            pids = [worker.pid for worker in cluster.workers.values()]
            killer = threading.Thread(target=kill_when_under_way, args=(tmp_path / "helped", pids[0]))
            killer.start()
            helped = start_night(options(tmp_path, "helped", cluster.scheduler_address))
            killer.join()
    assert helped.release == alone.release
    assert helped.facts == alone.facts


def options(folder: Path, lake: str, workers: str) -> NightOptions:
    return NightOptions(
        lake=folder / lake,
        config=folder / "config",
        specification=builtin_datasets() / "specification",
        date="2026-11-01",
        workers=workers,
        allow_loopback=True,
    )


def kill_when_under_way(lake: Path, pid: int) -> None:
    """Kill a process once three results are kept."""
    deadline = time.monotonic() + 60
    while len(list(lake.glob("transformed/*/*/*/result.json"))) < 3 and time.monotonic() < deadline:
        time.sleep(0.002)
    os.kill(pid, signal.SIGKILL)
