"""What the resources of endpoints say, as configuration has them read tonight."""

from collections.abc import Sequence
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock

import polars as pl

from headrace.model.attempt import RECORDED_ELSEWHERE
from headrace.run.content import hash_resource
from headrace.run.executor import do_all
from headrace.run.reading import Reading, datasets_by_endpoint, hash_readings, readings
from headrace.run.tools import Night, utc_now
from headrace.spec.configuration import Configuration
from headrace.store.content_record import ContentRecord


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of one resource.

    Attributes:
        resource, path: its hash, and where its bytes are.
        ways: how it is read.
        key: hash of those.
    """

    resource: str
    path: Path
    ways: Sequence[Reading]
    key: str


class KnownContents:
    """The contents of resources. What was read once is read again only where configuration has it read otherwise."""

    def __init__(self, night: Night) -> None:
        self._night = night
        self._record = ContentRecord(night.lake, night.run)
        self._known = self._record.read()
        self._ways: dict[tuple[str, str], tuple[list[Reading], str]] = {}
        self._lock = Lock()

    def known(self, endpoint: str, resource: str) -> str | None:
        """The content of a resource; None where it says nothing, or was not read this way."""
        return self._known.get((resource, self._question(endpoint, resource).key))

    def find(self, endpoint: str, resource: str) -> str | None:
        """The content of a resource, which is read where that is not known; several threads may ask at once."""
        question = self._question(endpoint, resource)
        if (resource, question.key) not in self._known:
            self._keep(question, self._read(question))
        return self._known[resource, question.key]

    def tell(self, attempts: pl.DataFrame) -> pl.DataFrame:
        """Attempts with the content that the resource of each has tonight, whatever it was when it was answered.

        Only what can stand in for another matters and is known: what endpoints with several resources answered here.

        Args:
            attempts: `ATTEMPT_SCHEMA`; every resource of theirs is in the lake.
        """
        own = attempts.filter(pl.col("resource").is_not_null() & pl.col("due").ne_missing(RECORDED_ELSEWHERE))
        pairs = own.select("endpoint", "resource").unique(maintain_order=True)
        several = pairs.filter((pl.len().over("endpoint") > 1) & pl.col("endpoint").is_in(list(self._served)))
        questions = [self._question(endpoint, resource) for endpoint, resource in several.iter_rows()]
        self._answer([each for each in questions if (each.resource, each.key) not in self._known])
        contents = pl.Series("content", [self._known[each.resource, each.key] for each in questions], pl.String)
        said = several.with_columns(contents)
        return attempts.drop("content").join(said, on=("endpoint", "resource"), how="left", maintain_order="left")

    def close(self) -> None:
        """Keep what was found."""
        self._record.close()

    @cached_property
    def _served(self) -> dict[str, list[str]]:
        return datasets_by_endpoint(self._night.plan)

    @cached_property
    def _named(self) -> set[str]:
        """The resources that configuration speaks of by name; every other is read as its endpoint's are."""
        tables = [(each.conversions, each.columns) for each in map(self._configuration, self._night.plan.datasets)]
        return {name for conversions, columns in tables for name in (*conversions.by_resource, *columns.by_resource)}

    def _configuration(self, dataset: str) -> Configuration:
        return self._night.plan.datasets[dataset].configuration

    def _question(self, endpoint: str, resource: str) -> Question:
        scope = (endpoint, resource if resource in self._named else "")
        if scope not in self._ways:
            ways = readings(map(self._configuration, self._served.get(endpoint, ())), *scope)
            self._ways[scope] = ways, hash_readings(ways)
        return Question(resource, self._night.lake.resource_path(resource), *self._ways[scope])

    def _read(self, question: Question) -> str | None:
        if self._night.executor is None:
            return _content(question)[1]
        try:
            return self._night.executor.submit(_content, question).result()[1]
        except BrokenExecutor:
            return _lost(question)[1]

    def _answer(self, questions: Sequence[Question]) -> None:
        for question, content in do_all(self._night.executor, _content, questions, _lost):
            self._keep(question, content)

    def _keep(self, question: Question, content: str | None) -> None:
        with self._lock:
            self._known[question.resource, question.key] = content
            self._record.record(utc_now(), question.resource, question.key, content)


def _content(question: Question) -> tuple[Question, str | None]:
    return question, hash_resource(question.path, question.ways)


def _lost(question: Question) -> tuple[Question, str | None]:
    return question, None  # a resource that kills its reader is found out, and told, when it is transformed
