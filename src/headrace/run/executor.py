"""Who does the work: this process, a pool of processes on this machine, or a cluster."""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from typing import Final, TypeVar

from headrace.model.error import SettingsError

Job = TypeVar("Job")
Done = TypeVar("Done")

ADDRESSES: Final = ("tcp://", "tls://")


@contextmanager
def open_executor(workers: str) -> Iterator[Executor | None]:
    """An executor for as long as the block lasts; None where the work is to be done here.

    Args:
        workers: how many processes of this machine, 0 for one per core, 1 for none but this; or the address of the
            scheduler of a Dask cluster, whose workers see the same folders.

    Raises:
        SettingsError: it is neither, or the cluster cannot be reached.
    """
    if workers.startswith(ADDRESSES):
        with _cluster(workers) as executor:
            yield executor
        return
    if not workers.isdecimal():
        raise SettingsError(f"--workers: got {workers!r}, expected a number, or the tcp:// address of a Dask scheduler")
    count = int(workers) or os.cpu_count() or 1
    if count == 1:
        yield None
        return
    with _pool(count) as executor:
        yield executor


def do_all(
    executor: Executor | None, do: Callable[[Job], Done], jobs: Sequence[Job], lost: Callable[[Job], Done]
) -> Iterator[Done]:
    """What comes of each job, in the order in which they are done.

    A process that dies takes a pool with it. The jobs that were not done are then done one at a time in a process of
    their own, so that the one that kills it is known: `lost` says what comes of that job.
    """
    if executor is None:
        yield from map(do, jobs)
        return
    undone = dict(enumerate(jobs))
    try:
        futures = {executor.submit(do, job): number for number, job in enumerate(jobs)}
        for future in as_completed(futures):
            done = future.result()
            del undone[futures[future]]
            yield done
    except BrokenExecutor:
        yield from _one_at_a_time(do, list(undone.values()), lost)


def _one_at_a_time(do: Callable[[Job], Done], jobs: Sequence[Job], lost: Callable[[Job], Done]) -> Iterator[Done]:
    waiting = list(jobs)
    while waiting:
        with _pool(1) as alone:
            try:
                while waiting:
                    yield alone.submit(do, waiting[0]).result()
                    waiting.pop(0)
            except BrokenExecutor:
                yield lost(waiting.pop(0))


def _pool(count: int) -> ProcessPoolExecutor:
    """Processes that compute with one thread each, spawned afresh: a fork of a process with threads can hang."""
    os.environ["POLARS_MAX_THREADS"] = "1"
    return ProcessPoolExecutor(max_workers=count, mp_context=multiprocessing.get_context("spawn"))


@contextmanager
def _cluster(address: str) -> Iterator[Executor]:
    try:
        from distributed import Client
    except ImportError as error:
        raise SettingsError(
            f"--workers: {address} is a Dask scheduler, and Dask is not installed; install headrace[cluster]"
        ) from error
    try:
        client = Client(address, timeout=10)
    except OSError as error:
        raise SettingsError(f"--workers: no Dask scheduler answers at {address}: {error}") from error
    with client:
        yield client.get_executor()
