"""A real night of collecting, replayed: how long it takes, beside asking one endpoint after the other.

    python benchmarks/collect_replay.py DATA [--night 2022-03-11] [--scale 5]

DATA holds `collection-log/brownfield-land-2018-2022.parquet` and `endpoint-url.csv`. Nothing is asked: a transport
answers each URL as the log of that night says it was answered, after as long, or fails as it failed. Time is scaled,
the patience of the policy with it, so the ratio is that of the real thing; what Headrace itself costs counts in full
and more than in life. The floor is the slowest host: its endpoints, its share at a time.
"""

import argparse
import asyncio
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import httpx2
import polars as pl

from headrace.collect.endpoints import collect
from headrace.collect.policy import Policy
from headrace.model.attempt import Attempt
from headrace.model.endpoint import Endpoint, hash_url

TARGET = 30
"""The night is to take at most this part of the sequential time."""

POLICY = Policy(contact="https://data.example/contact")
REFUSED = ("SSLError", "TooManyRedirects", "InvalidSchema", "MissingSchema")
"""Failures that no patience changes; the others are silence."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """How one endpoint was answered."""

    seconds: float
    status: int | None
    exception: str | None
    body: bytes


class Replay(httpx2.AsyncBaseTransport):
    """Answers as the log says, in scaled time; no host has a robots.txt, and says so as quickly as it says anything."""

    def __init__(self, recorded: dict[str, Recorded], scale: float) -> None:
        self._recorded = recorded
        self._scale = scale
        self._hosts: dict[str, Recorded] = {}
        for url, each in recorded.items():
            host = httpx2.URL(url).host
            if host not in self._hosts or each.seconds < self._hosts[host].seconds:
                self._hosts[host] = each

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer of that night."""
        if request.url.path == "/robots.txt":
            found = replace(self._hosts[request.url.host], status=404, body=b"")
        else:
            found = self._recorded[str(request.url)]
        if found.exception:
            await self._fail(found, request)
        await asyncio.sleep(found.seconds / self._scale)
        return httpx2.Response(found.status or 200, content=found.body, request=request)

    async def _fail(self, found: Recorded, request: httpx2.Request) -> None:
        silent = found.exception == "ReadTimeout"
        patience = POLICY.read_seconds if silent else POLICY.connect_seconds
        await asyncio.sleep(min(found.seconds, patience) / self._scale)
        if found.exception in REFUSED:
            raise httpx2.ConnectError("CERTIFICATE_VERIFY_FAILED", request=request)
        kind = {"ReadTimeout": httpx2.ReadTimeout, "ConnectTimeout": httpx2.ConnectTimeout}
        raise kind.get(str(found.exception), httpx2.ConnectError)(str(found.exception), request=request)


def read_night(data: Path, night: str) -> dict[str, Recorded]:
    """How each URL was answered on a night, by the URL as an HTTP client writes it.

    Those that failed when they were last asked before come first, as Headrace asks them.
    """
    folder = data / "collection-log"
    log = pl.scan_parquet(folder / "brownfield-land-2018-2022.parquet")
    rows = log.filter(pl.col("date").cast(pl.String) == night).unique("endpoint").collect()
    before = log.filter(pl.col("date").cast(pl.String) < night).unique("endpoint", keep="last").collect()
    failing = before.filter(pl.col("resource").is_null())["endpoint"].implode()
    rows = rows.sort(~pl.col("endpoint").is_in(failing), "endpoint")
    urls = pl.read_csv(folder / "endpoint-url.csv")
    recorded: dict[str, Recorded] = {}
    for row in rows.join(urls, on="endpoint", maintain_order="left").iter_rows(named=True):
        body = b"reference,name\n%s,\n" % (row["resource"] or "").encode()
        recorded[str(httpx2.URL(row["endpoint-url"].strip()))] = Recorded(
            row["elapsed"] or 0.0, row["status"], row["exception"], body
        )
    return recorded


def replay(recorded: dict[str, Recorded], scale: float) -> tuple[float, list[Attempt]]:
    """Seconds, in the time of that night, that collecting takes; and its attempts."""
    scaled = {
        name: getattr(POLICY, name) / scale
        for name in (
            *("connect_seconds", "read_seconds", "whole_seconds"),
            *("first_wait_seconds", "longest_wait_seconds", "host_delay_seconds"),
        )
    }
    attempts: list[Attempt] = []
    begun = time.perf_counter()
    collect(
        [Endpoint(hash_url(url), url) for url in recorded],
        keep=lambda body: sha256(body).hexdigest(),
        record=attempts.append,
        previous={},
        policy=replace(POLICY, **scaled),
        clock=lambda: datetime.now(UTC),
        transport=Replay(recorded, scale),
    )
    return (time.perf_counter() - begun) * scale, attempts


def main() -> None:
    """Replay the night and print what it took; 1 where the target is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--night", default="2022-03-11")
    parser.add_argument("--scale", type=float, default=5.0)
    options = parser.parse_args()
    recorded = read_night(options.data, options.night)
    sequential = sum(each.seconds for each in recorded.values())
    cpu = time.process_time()
    seconds, attempts = replay(recorded, options.scale)
    good = sum(attempt.ok for attempt in attempts)
    print(f"{options.night}: {len(recorded)} endpoints on {len({httpx2.URL(url).host for url in recorded})} hosts")
    print(f"one after the other   {sequential:8.1f} s, as the log says")
    print(f"Headrace              {seconds:8.1f} s in the time of that night ({time.process_time() - cpu:.1f} CPU s)")
    print(f"ratio                     1/{sequential / seconds:.0f}, target 1/{TARGET}")
    print(f"good then {sum(not each.exception and each.status == 200 for each in recorded.values())}, good now {good}")
    raise SystemExit(sequential / seconds < TARGET)


if __name__ == "__main__":
    main()
