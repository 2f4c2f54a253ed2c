"""Results of resources, kept under the rules that made them, and found again while those rules answer the same."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

import orjson
import polars as pl

from headrace.model.cells import Cells, Converted, Decision, Unconverted
from headrace.model.gathering import Gathering
from headrace.model.partition import block_of
from headrace.model.result import TABLES, Result, ResultSummary, Tally
from headrace.spec.answers import Answers
from headrace.store.file import move_whole, write_whole
from headrace.store.lake import Lake


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

    def latest(self, dataset: str, resource: str) -> Path | None:
        """The folder of the result of a resource that was kept last, whatever made it; None where there is none."""
        kept = self._lake.result_folder(dataset, resource, "*")
        found = [path.parent for path in kept.parent.glob(f"{kept.name}/*/result.json")]
        return max(found, key=lambda folder: folder.stat().st_mtime_ns, default=None)

    def keep(
        self, dataset: str, resource: str, rules_key: str, parts: Iterable[Result], answers: Answers
    ) -> tuple[Path, ResultSummary]:
        """Keep the parts of a result as they come; the folder they lie in and their counts are returned."""
        folder = self._lake.result_folder(dataset, resource, rules_key)
        with self._lake.scratch() as scratch:
            part = scratch / "result"
            part.mkdir()
            summary = write_result(parts, part)
            target = folder / answers.digest(resource, summary.asked)[:16]
            if target.is_dir():
                target.rename(scratch / "replaced")
            try:
                move_whole(part, target)
            except OSError:
                # a process that outlived its run has just kept the same result
                if not target.is_dir():
                    raise
        asked = {"asked": sorted(summary.asked), "valid_before": summary.valid_before}
        write_whole(folder / "asked.json", orjson.dumps(asked))
        return target, summary


def write_result(parts: Iterable[Result], folder: Path) -> ResultSummary:
    """Write the tables of the parts of a result, and their counts, into a folder."""
    tally = Tally()
    for number, part in enumerate(tally.count(parts)):
        for name in TABLES:
            getattr(part, name).write_parquet(folder / f"{name}.{number:04}.parquet", statistics=False)
    result = tally.summary()
    conversion = result.conversion
    summary = {
        "dataset": result.dataset,
        "resource": result.resource,
        "lines": result.lines,
        "entries": result.entries,
        "entities": result.entities,
        "blocks": result.blocks,
        "facts": result.facts,
        "issues": result.issues,
        "refused": result.refused,
        "valid_before": result.valid_before,
        "asked": sorted(result.asked),
        "seconds": result.seconds,
        "mime_type": conversion.mime_type,
    }
    if isinstance(conversion, Converted):
        summary["internal_path"] = conversion.internal_path
        summary["internal_mime_type"] = conversion.internal_mime_type
        summary["decisions"] = [asdict(decision) for decision in conversion.decisions]
    else:
        summary["unconverted"] = conversion.reason
    (folder / "result.json").write_bytes(orjson.dumps(summary, option=orjson.OPT_INDENT_2))
    return result


def gather_resources(folders: Sequence[Path]) -> Gathering:
    """What the results in some folders, of which there must be one at least, say of their resources."""
    others = {table: _gather(folders, table).collect() for table in TABLES if table != "facts"}
    return Gathering(summaries=[_read_summary(folder) for folder in folders], **others)


def gather_facts(folders: Sequence[Path], blocks: Iterable[int]) -> dict[int, pl.DataFrame]:
    """The facts about the entities of some blocks, by block: `FACT_SCHEMA` and `resource`.

    Args:
        folders: of the results, of which there must be one at least.
        blocks: of which each has a fact in one of the results.
    """
    block = block_of(pl.col("entity")).alias("#block")
    wanted = _gather(folders, "facts").with_columns(block).filter(pl.col("#block").is_in(list(blocks))).collect()
    return {
        int(number): facts
        for (number,), facts in wanted.partition_by("#block", as_dict=True, include_key=False).items()
    }


def read_blocks(folder: Path) -> list[int]:
    """The blocks of entities that the facts of a result are about."""
    blocks: list[int] | None = orjson.loads((folder / "result.json").read_bytes()).get("blocks")
    if blocks is None:
        # A result of before 24 November 2026, which stands because a newer one could not be made.
        facts = pl.scan_parquet(folder / "facts.*.parquet")
        blocks = facts.select(block_of(pl.col("entity"))).unique().collect().to_series().sort().to_list()
    return blocks


def _gather(folders: Sequence[Path], table: str) -> pl.LazyFrame:
    """One table of several results, with the `resource` of each."""
    files = [(path, folder) for folder in folders for path in sorted(folder.glob(f"{table}.*.parquet"))]
    resource_of = {str(path): folder.parent.name.partition(".")[0] for path, folder in files}
    resource = pl.col("#path").replace_strict(resource_of, return_dtype=pl.String).alias("resource")
    return pl.scan_parquet(list(resource_of), include_file_paths="#path").with_columns(resource).drop("#path")


def _read_summary(folder: Path) -> ResultSummary:
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
    return ResultSummary(
        dataset=summary["dataset"],
        resource=summary["resource"],
        conversion=conversion,
        lines=summary["lines"],
        entries=summary["entries"],
        entities=summary["entities"],
        facts=summary["facts"],
        issues=summary["issues"],
        refused=summary["refused"],
        asked=frozenset(summary["asked"]),
        valid_before=summary["valid_before"],
        seconds=summary["seconds"],
        blocks=tuple(read_blocks(folder)),
    )
