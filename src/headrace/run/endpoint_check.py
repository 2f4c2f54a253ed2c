"""What would happen to an endpoint on a night, step by step, without a lake."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import orjson

from headrace.collect.policy import Policy
from headrace.collect.rehearsal import Rehearsal, rehearse
from headrace.convert.resource import convert
from headrace.model.attempt import Attempt
from headrace.model.cells import Unconverted
from headrace.model.endpoint import Endpoint
from headrace.run.resource import read_resource
from headrace.run.single import SingleResource, resolve_single
from headrace.store.configuration_files import read_specification
from headrace.store.query_file import read_query

IGNORED: Final = "IGNORE"
"""What configuration says in place of a field."""


@dataclass(frozen=True, slots=True)
class Reader:
    """As what an answer is read, and with what.

    Attributes:
        dataset: its name.
        config: folder with `organisation.csv`, `pipeline/<collection>/` and, for queries, `collection/<collection>/`.
        specification: its folder.
        organisations: CURIEs of whose it is.
    """

    dataset: str
    config: Path
    specification: Path
    organisations: tuple[str, ...] = ()

    @property
    def collection(self) -> Path:
        """The folder of the collection that the dataset belongs to."""
        return self.config / "collection" / read_specification(self.specification).dataset(self.dataset).collection


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way.

    Attributes:
        step: its name.
        good: whether there is nothing in it for a person to look at.
        said: what was found.
    """

    step: str
    good: bool
    said: str


def check_endpoint(
    endpoint: Endpoint,
    policy: Policy,
    clock: Callable[[], datetime],
    seconds: Callable[[], float],
    reader: Reader | None = None,
) -> list[Step]:
    """Ask an endpoint as a night would, and say what each step came to; the last is where the way ends, good or not.

    Args:
        endpoint: which.
        policy: the manners.
        clock: UTC.
        seconds: a clock that only goes forward.
        reader: as what the answer is read; None leaves that out.

    Raises:
        ConfigurationError: what the reader names is missing or malformed.
    """
    with TemporaryDirectory(prefix="headrace-") as folder:
        body = Path(folder) / "resource"

        def keep(served: bytes) -> str:
            body.write_bytes(served)
            return sha256(served).hexdigest()

        if reader:
            endpoint = replace(endpoint, query=read_query(reader.collection, endpoint.url, endpoint.plugin))
        rehearsed = rehearse(endpoint, policy, clock, keep)
        steps = [*_addresses(rehearsed), *_request(rehearsed.attempt)]
        if not rehearsed.attempt.ok:
            return steps
        steps += _conversion(body)
        if reader and steps[-1].good:
            steps += _reading(body, endpoint, reader, clock(), seconds)
        return steps


def _addresses(rehearsed: Rehearsal) -> Iterator[Step]:
    for each in rehearsed.addresses:
        yield Step("address", each.problem is None, each.problem or f"{each.address} may be asked")
    if rehearsed.robots is not None:
        yield Step("robots.txt", not rehearsed.robots.startswith("not asked"), rehearsed.robots)


def _request(attempt: Attempt) -> Iterator[Step]:
    for status, url in orjson.loads(attempt.redirects or "[]"):
        yield Step("redirection", True, f"{status} at {url}")
    times = (
        ("name", attempt.dns_ms),
        ("connection", attempt.connect_ms),
        ("first byte", attempt.first_byte_ms),
        ("whole", attempt.total_ms),
    )
    told = ", ".join(f"{name} {milliseconds:.0f} ms" for name, milliseconds in times if milliseconds is not None)
    tries = f"{attempt.tries} request{'' if attempt.tries == 1 else 's'}"
    if attempt.tries:
        answered = f"status {attempt.status}" if attempt.status else "no HTTP status"
        where = f" from {attempt.final_url}" if attempt.redirects else ""
        yield Step("request", attempt.status is None or attempt.status < 400, f"{answered}{where} ({tries}; {told})")
    if not attempt.ok:
        yield Step("answer", False, attempt.reason or "it came to nothing")
        return
    validators = [name for name, value in (("ETag", attempt.etag), ("Last-Modified", attempt.last_modified)) if value]
    asked_again = f"asked again with its {' and '.join(validators)}" if validators else "asked again for all of it"
    yield Step("answer", True, f"{attempt.bytes} bytes as {attempt.content_type or 'no type'}; {asked_again}")
    yield Step("resource", True, str(attempt.resource))


def _conversion(body: Path) -> Iterator[Step]:
    conversion = convert(body)
    if isinstance(conversion, Unconverted):
        yield Step("conversion", False, conversion.reason)
        return
    for each in conversion.decisions:
        yield Step(each.about, each.confidence != "doubtful", f"{each.choice}: {each.reason}")
    rows = max(conversion.cells.frame.height - 1, 0)
    yield Step("conversion", True, f"{rows} rows of {conversion.cells.width} columns from {conversion.mime_type}")


def _reading(
    body: Path, endpoint: Endpoint, reader: Reader, now: datetime, seconds: Callable[[], float]
) -> Iterator[Step]:
    single = SingleResource(
        file=body,
        dataset=reader.dataset,
        config=reader.config / "pipeline" / reader.collection.name,
        specification=reader.specification,
        organisations=reader.config / "organisation.csv",
        organisation=reader.organisations,
        endpoint=(endpoint.endpoint,),
        entry_date=now.date().isoformat(),
    )
    result = read_resource(body, resolve_single(single, now.date()), seconds)
    for column, field in result.claims.iter_rows():
        said = "not read" if field is None else "left out by configuration" if field == IGNORED else f"read as {field}"
        yield Step("column", field is not None, f"{column} is {said}")
    for kind, count in sorted(result.issues["type"].value_counts().iter_rows()):
        yield Step("issue", False, f"{kind}: {count}")
    said = f"{result.entries} entries of {result.entities} entities, {result.unknown.height} without a number yet"
    yield Step("dataset", bool(result.entries or result.unknown.height), said)
