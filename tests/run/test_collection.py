"""Collecting, as a part of a night."""

from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import orjson
import polars as pl
import pytest

from headrace.model.attempt import ATTEMPT_SCHEMA
from headrace.model.endpoint import hash_url
from headrace.report.night_summary import NightSummary
from headrace.run.log_import import import_log
from headrace.run.start import NightOptions, start_night
from headrace.simulate.configuration import write_configuration
from headrace.simulate.web_server import Asked, Reply, WebServer
from headrace.store.attempt_log import AttemptLog
from headrace.store.builtin import builtin_datasets
from headrace.store.lake import Lake

Start = Callable[[Callable[[Asked], Reply]], WebServer]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start a server whose `/areas` is the one endpoint of the configuration in `tmp_path/config`."""
    servers: list[WebServer] = []

    def run(answer: Callable[[Asked], Reply]) -> WebServer:
        server = WebServer(answer)
        server.start()
        servers.append(server)
        url = f"{server.origin}/areas"
        config = tmp_path / "config"
        write_configuration(config, 1, [])
        collection = config / "collection" / "conservation-area"
        collection.mkdir(parents=True, exist_ok=True)
        (collection / "endpoint.csv").write_text(f"endpoint,endpoint-url\n{hash_url(url)},{url}\n")
        (collection / "source.csv").write_text(
            f"endpoint,organisation,pipelines\n{hash_url(url)},local-authority:ALD,conservation-area\n"
        )
        return server

    yield run
    for server in servers:
        server.stop()


def night(folder: Path, day: int, workers: str = "1") -> NightSummary:
    return start_night(
        NightOptions(
            lake=folder / "lake",
            config=folder / "config",
            specification=builtin_datasets() / "specification",
            datasets=("conservation-area",),
            date=f"2026-11-{day:02}",
            workers=workers,
            allow_loopback=True,
        )
    )


def attempts(folder: Path) -> pl.DataFrame:
    return AttemptLog(Lake(folder / "lake"), "2026-11-30", "reader").read()


def stamped(asked: Asked, name: str = "Mill Lane") -> Reply:
    """Features in another order, with other numbers and another time stamp, at each asking."""
    features = [
        {
            "type": "Feature",
            "properties": {
                "gml_id": f"a.{asked.visit}.{number}",
                "reference": f"CA{number}",
                "name": f"{name} {number}",
            },
            "geometry": None,
        }
        for number in range(3)
    ]
    turned = features[asked.visit % 3 :] + features[: asked.visit % 3]
    body = {"type": "FeatureCollection", "timeStamp": f"2026-11-01T00:00:{asked.visit:02}Z", "features": turned}
    return Reply(orjson.dumps(body), headers=(("Content-Type", "application/geo+json"),))


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_night_on_which_only_a_stamp_changed_costs_nothing(start: Start, tmp_path: Path, workers: str) -> None:
    """The new bytes are kept and recorded, and no resource, no result and no release comes of them."""
    start(stamped)
    first = night(tmp_path, 1, workers)
    second = night(tmp_path, 2, workers)
    assert (first.new_resources, first.entries) == (1, 3)
    assert first.release
    assert (second.attempts, second.new_resources, second.unchanged_resources) == (1, 0, 1)
    assert (second.entries, second.release) == (0, None)
    log = attempts(tmp_path)
    assert log["resource"].n_unique() == 2
    assert log["content"].n_unique() == 1
    assert log["content"].null_count() == 0


def test_a_night_on_which_a_name_changed_releases_it(start: Start, tmp_path: Path) -> None:
    """What says something else is a resource of its own."""
    start(lambda asked: stamped(asked, "Mill Lane" if asked.visit == 1 else "Church Lane"))
    night(tmp_path, 1)
    second = night(tmp_path, 2)
    assert (second.new_resources, second.entries) == (1, 3)
    assert second.release


def test_an_endpoint_that_fails_for_long_is_asked_less_often(start: Start, tmp_path: Path) -> None:
    """Every night of the first week, then every second; each attempt says why it was made."""
    start(lambda asked: Reply(status=404))
    asked = [night(tmp_path, day).attempts for day in range(1, 13)]
    assert asked == [1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 1]
    assert attempts(tmp_path)["due"].to_list() == [
        "it was never asked",
        *["every night: it fails since 2026-11-01"] * 7,
        *["every 2 nights: it fails since 2026-11-01"] * 2,
    ]


def test_what_the_lake_lacks_is_asked_for_whole(start: Start, tmp_path: Path) -> None:
    """A log that came from elsewhere knows validators of bytes that are not here: the server must send them again."""
    known = ("ETag", '"1"')
    server = start(
        lambda asked: Reply(status=304) if "if-none-match" in asked.headers else Reply(b"a,b\n1,2\n", 200, (known,))
    )
    night(tmp_path, 1)
    for path in (tmp_path / "lake" / "resource").iterdir():
        path.unlink()
    assert night(tmp_path, 2).failed_attempts == 0
    assert [asked.headers.get("if-none-match") for asked in server.asked] == [None, None]
    night(tmp_path, 3)
    assert server.asked[-1].headers["if-none-match"] == '"1"'


def test_a_log_of_an_earlier_version_is_read(start: Start, tmp_path: Path) -> None:
    """Columns that came later are null in what was recorded before."""
    start(stamped)
    night(tmp_path, 1)
    (path,) = (tmp_path / "lake" / "log").glob("*/*.parquet")
    pl.read_parquet(path).drop("content", "due", "dns_ms").write_parquet(path)
    log = attempts(tmp_path)
    assert log.schema == ATTEMPT_SCHEMA
    assert log["content"].to_list() == [None]
    assert night(tmp_path, 2).failed_attempts == 0


def test_a_history_without_its_bytes_is_no_hindrance(start: Start, tmp_path: Path) -> None:
    """What others recorded of the same file is in the log; the file itself is collected, read and released here."""
    body = b"reference,name\nCA1,Mill Lane\n"
    server = start(lambda asked: Reply(body))
    url, resource = f"{server.origin}/areas", sha256(body).hexdigest()
    said = {"endpoint-url": url, "entry-date": "2020-05-01T00:00:00", "status": "200", "resource": resource}
    path = tmp_path / "log" / "2020-05-01" / f"{hash_url(url)}.json"
    path.parent.mkdir(parents=True)
    path.write_bytes(orjson.dumps(said))
    import_log(tmp_path / "log", Lake(tmp_path / "lake"))
    first = night(tmp_path, 1)
    assert (first.new_resources, first.entries) == (1, 1)
    assert first.release
    assert attempts(tmp_path)["content"].null_count() == 1
    assert night(tmp_path, 2).release is None
