"""After assembly: what is expected of each dataset is judged on its tables."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Final

import orjson
import polars as pl

from headrace.run.assembly import Assembled
from headrace.run.code import hash_code
from headrace.run.evidence import DATED, OTHERS, gather_evidence, hash_of_table
from headrace.run.tools import Night
from headrace.spec.expectation import WEEKDAYS, Expectation, expand
from headrace.store.file import write_whole
from headrace.store.releases import Releases
from headrace.watch.expectation.evidence import Evidence
from headrace.watch.expectation.judgement import Judgement
from headrace.watch.expectation.registry import judge

EXPECTATION: Final = "expectation"
"""Name of the table of judgements, kept beside the tables of the dataset."""

SAID: Final = ("name", "description", "severity", "responsibility")

RESULT_SCHEMA: Final = pl.Schema(
    dict.fromkeys(
        (
            *("dataset", "organisation", "name", "operation", "passed", "parameters", "message", "details"),
            *("description", "severity", "responsibility"),
        ),
        pl.String,
    )
)
"""One judgement. `passed` is `True`, `False`, or null where it could not be judged, for the reason in `message`;
`parameters` and `details` are JSON. The columns are those of the existing platform."""

KEPT_SCHEMA: Final = pl.Schema({"key": pl.String} | dict(RESULT_SCHEMA))
"""A judgement with the hash of all that it was judged on."""

Row = Mapping[str, str | None]


def judge_expectations(
    night: Night, assembled: Mapping[str, Assembled], others: Mapping[str, Assembled]
) -> dict[str, pl.DataFrame]:
    """`RESULT_SCHEMA` by dataset, judged where the dataset, or what is expected of it, is not as it was judged before.

    Judged are the datasets `assembled` in the night; `others` are there for them to be compared with.
    An expectation with a schedule is judged on its day of the week; on other days its last judgement stands.
    """
    organisations = {row["organisation"]: row for row in night.plan.organisation_table.iter_rows(named=True)}
    live = Releases(night.lake).live()
    before = {} if live is None else {each.dataset: each.inputs for each in live.datasets}
    available = {**others, **assembled}
    results = {}
    for dataset, each in assembled.items():
        expected = expand(night.plan.datasets[dataset].configuration.expectations, organisations)
        last = night.lake.assembled_folder(dataset, before[dataset]) if dataset in before else each.folder
        judged = _judge_dataset(night, dataset, expected, _read(each.folder) or _read(last), available)
        _keep(judged, each.folder / f"{EXPECTATION}.parquet")
        results[dataset] = judged.select(RESULT_SCHEMA.names())
    return results


def _judge_dataset(
    night: Night, dataset: str, expected: tuple[Expectation, ...], known: list[Row], assembled: Mapping[str, Assembled]
) -> pl.DataFrame:
    by_key = {row["key"]: row for row in known}
    by_name = {_identity(row): row for row in known}
    today = date.fromisoformat(night.date)

    @cache
    def evidence() -> Evidence:
        return gather_evidence(night, dataset, assembled)

    rows = []
    judged_on = _judged_on(assembled, dataset)
    for each in expected:
        key = _key(night, dataset, each, judged_on)
        row = {"key": key, "dataset": dataset} | _say(each)
        if key in by_key:
            rows.append(by_key[key])
        elif each.schedule in ("", WEEKDAYS[today.weekday()]):
            rows.append(row | _tell(_judge(each, evidence)))
        elif _identity(row) in by_name:
            rows.append(by_name[_identity(row)])
    return pl.DataFrame(rows, schema=KEPT_SCHEMA)


def _judge(each: Expectation, evidence: Callable[[], Evidence]) -> Judgement:
    if each.parameters is None:
        return Judgement(None, f"not judged: {each.unfilled}")
    return judge(each.operation, each.parameters, evidence())


def _judged_on(assembled: Mapping[str, Assembled], dataset: str) -> str:
    """The hash of what every judgement of a dataset depends on: its tables, those of others, and the code."""
    others = [assembled[other].summary.inputs for other in OTHERS if other in assembled]
    return sha256(orjson.dumps([assembled[dataset].summary.inputs, others, hash_code(("watch",))])).hexdigest()


def _key(night: Night, dataset: str, each: Expectation, judged_on: str) -> str:
    """The hash of all that one judgement depends on."""
    external = (each.parameters or {}).get("external_file")
    said = [
        each,
        judged_on,
        night.date if each.operation in DATED else None,
        hash_of_table(night, dataset, external) if isinstance(external, str) else None,
    ]
    return sha256(orjson.dumps(said)).hexdigest()[:32]


def _say(each: Expectation) -> dict[str, str | None]:
    parameters = None if each.parameters is None else orjson.dumps(each.parameters).decode()
    said = {name: getattr(each, name) or None for name in ("organisation", "operation", *SAID)}
    return said | {"parameters": parameters}


def _tell(judgement: Judgement) -> dict[str, str | None]:
    return {
        "passed": None if judgement.passed is None else str(judgement.passed),
        "message": judgement.message,
        "details": orjson.dumps(judgement.details).decode(),
    }


def _identity(row: Row) -> tuple[str | None, ...]:
    return tuple(row[name] for name in ("organisation", "operation", "name", "parameters"))


def _read(folder: Path) -> list[Row]:
    path = folder / f"{EXPECTATION}.parquet"
    return list(pl.read_parquet(path).iter_rows(named=True)) if path.exists() else []


def _keep(judged: pl.DataFrame, path: Path) -> None:
    if judged.height or path.exists():
        buffer = BytesIO()
        judged.write_parquet(buffer, compression="zstd")
        write_whole(path, buffer.getvalue())
