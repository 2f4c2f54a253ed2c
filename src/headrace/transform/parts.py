"""A resource that comes in parts: what its batches say together is what one batch of the whole would say."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

import polars as pl

from headrace.model.batch import Batch
from headrace.model.cells import Cells
from headrace.spec.rules import Rules
from headrace.transform.fact import find_duplicates
from headrace.transform.found import fields_of
from headrace.transform.header import continue_header, read_header
from headrace.transform.phases import PHASES, transform


def transform_parts(parts: Iterable[Cells], rules: Rules) -> Iterator[Batch]:
    """One batch for each part, and a last one with the issues that concern several.

    Only the first part has the header, the claims and the issues of columns. Where values are combined over all entries
    of an entity, or there is one part only, there is one batch.

    Args:
        parts: the cells of the resource, each part's lines after those of the part before; none is narrower than the
            first.
        rules: all that applies to the resource.
    """
    parts = iter(parts)
    head = [part for _, part in zip(range(2), parts, strict=False)]
    if rules.combines or len(head) < 2:
        frames = [part.frame for part in chain(head, parts)]
        # A part with a longer record is wider than the others.
        yield transform(replace(head[0], frame=pl.concat(frames, how="diagonal")), rules)
        return
    phases = tuple(phase for phase in PHASES if phase is not find_duplicates)
    first = transform(head[0], rules, phases)
    yield first
    numbered, references, said = first.numbered, [_references(first)], _of_columns(first)
    # Columns that were joined from others come after those that were read; each part joins its own.
    as_read = replace(first, header=first.header[: len(fields_of(head[0].frame))])
    for cells in chain(head[1:], parts):
        following = continue_header(as_read, numbered)
        batch = transform(cells, rules, tuple(following if phase is read_header else phase for phase in phases))
        news = pl.col("entry").is_not_null() | ~pl.col("field").is_in(said)
        said |= _of_columns(batch)
        numbered += batch.numbered
        references.append(_references(batch))
        yield replace(batch, claims=batch.claims.clear(), issues=batch.issues.filter(news))
    of_all = pl.concat(references)
    last = Batch(entries=of_all.select("line", "entry", "entity"), facts=of_all)
    yield replace(find_duplicates(last, rules), facts=first.facts.clear())


def _references(batch: Batch) -> pl.DataFrame:
    """What is needed of the references to know those that are given twice, and no more: it is kept to the end."""
    references = batch.facts.filter(pl.col("field") == "reference")
    return references.select("field", "value", "entry_date", "entity", "entry", "line")


def _of_columns(batch: Batch) -> set[str]:
    """The columns that have issues of their own, which are said once for the whole resource."""
    return set(batch.issues.filter(pl.col("entry").is_null())["field"])
