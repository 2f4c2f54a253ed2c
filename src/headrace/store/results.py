"""Results of resources, kept under the rules that made them, and found again while those rules answer the same."""

from dataclasses import asdict
from pathlib import Path

import orjson
import polars as pl

from headrace.model.cells import Cells, Converted, Decision, Unconverted
from headrace.model.result import Result
from headrace.spec.answers import Answers
from headrace.store.file import move_whole, write_whole
from headrace.store.lake import Lake

TABLES = ("facts", "issues", "refused", "claims", "unknown")


class Results:
    """The results of one lake.

    What a result depends on is known in two steps. The rules of the resource are hashed before it is read; what the
    tables of entities are asked for is known once it has been. So `transformed/<dataset>/<resource>.<rules>/asked.json`
    remembers the questions, and the result lies beside it under the hash of the answers.
    """

    def __init__(self, lake: Lake) -> None:
        self._lake = lake

    def find(self, dataset: str, resource: str, rules_key: str, answers: Answers, today: str) -> Path | None:
        """The folder of the result that the rules and the answers would give again; None where it must be made."""
        folder = self._lake.result_folder(dataset, resource, rules_key)
        try:
            asked = orjson.loads((folder / "asked.json").read_bytes())
        except (FileNotFoundError, ValueError):
            return None
        if asked["valid_before"] and today >= asked["valid_before"]:
            return None
        found = folder / answers.digest(resource, asked["asked"])[:16]
        return found if found.is_dir() else None

    def keep(self, result: Result, rules_key: str, answers: Answers) -> Path:
        """Keep a result; the folder it lies in is returned."""
        folder = self._lake.result_folder(result.dataset, result.resource, rules_key)
        target = folder / answers.digest(result.resource, result.asked)[:16]
        with self._lake.scratch() as scratch:
            part = scratch / "result"
            part.mkdir()
            write_result(result, part)
            if target.is_dir():
                target.rename(scratch / "replaced")
            move_whole(part, target)
        asked = {"asked": sorted(result.asked), "valid_before": result.valid_before}
        write_whole(folder / "asked.json", orjson.dumps(asked))
        return target


def write_result(result: Result, folder: Path) -> None:
    """Write the tables and the summary of a result into a folder."""
    for name in TABLES:
        getattr(result, name).write_parquet(folder / f"{name}.parquet", compression="zstd", statistics=False)
    conversion = result.conversion
    summary = {
        "dataset": result.dataset,
        "resource": result.resource,
        "lines": result.lines,
        "entries": result.entries,
        "entities": result.entities,
        "facts": result.facts.height,
        "issues": result.issues.height,
        "refused": result.refused.height,
        "valid_before": result.valid_before,
        "asked": sorted(result.asked),
        "mime_type": conversion.mime_type,
    }
    if isinstance(conversion, Converted):
        summary["internal_path"] = conversion.internal_path
        summary["internal_mime_type"] = conversion.internal_mime_type
        summary["decisions"] = [asdict(decision) for decision in conversion.decisions]
    else:
        summary["unconverted"] = conversion.reason
    (folder / "result.json").write_bytes(orjson.dumps(summary, option=orjson.OPT_INDENT_2))


def read_result(folder: Path) -> Result:
    """The result in a folder."""
    summary = orjson.loads((folder / "result.json").read_bytes())
    conversion: Converted | Unconverted
    if "unconverted" in summary:
        conversion = Unconverted(summary["unconverted"], summary["mime_type"])
    else:
        conversion = Converted(
            cells=Cells(pl.DataFrame()),
            mime_type=summary["mime_type"],
            internal_path=summary["internal_path"],
            internal_mime_type=summary["internal_mime_type"],
            decisions=tuple(Decision(**decision) for decision in summary["decisions"]),
        )
    facts, issues, refused, claims, unknown = (pl.read_parquet(folder / f"{name}.parquet") for name in TABLES)
    return Result(
        dataset=summary["dataset"],
        resource=summary["resource"],
        conversion=conversion,
        facts=facts,
        issues=issues,
        refused=refused,
        claims=claims,
        unknown=unknown,
        lines=summary["lines"],
        entries=summary["entries"],
        entities=summary["entities"],
        asked=frozenset(summary["asked"]),
        valid_before=summary["valid_before"],
    )
