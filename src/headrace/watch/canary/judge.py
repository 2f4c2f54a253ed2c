"""Judging what differs between two versions of a dataset."""

from collections import defaultdict
from dataclasses import replace
from typing import Any, Final

import polars as pl

from headrace.watch.canary.count import count_affected, find_affected
from headrace.watch.canary.ordinary import Ordinary
from headrace.watch.canary.pair import SHAPE, Pair
from headrace.watch.canary.registry import CHECKS, DEVELOPER, MANAGER, Check
from headrace.watch.canary.verdict import WORDS, DatasetVerdict, Reason, Word, gravest

MOST_EVIDENCE: Final = 5
"""Rows that are shown of what was found."""

_TOGETHER: Final = 3
"""Organisations to which the same happens in one night, from which the cause is looked for here and not with them."""


_FEWEST_IN_TOTAL: Final = 30
"""Entities below which nothing is made of a dataset as a whole; its organisations are judged apart."""

_MOST: Final = 0.8
"""Share of what is said of a whole dataset that organisations named already have to explain."""


def judge_pair(pair: Pair, ordinary: Ordinary, issues: tuple[int, int] | None = None) -> DatasetVerdict:
    """Judge a dataset against how it was; `issues` are how many it had and has, where that is known."""
    unjudged = _judge_size(pair)
    if unjudged is not None:
        return _verdict(pair, [unjudged])
    affected = find_affected(pair)
    counted = count_affected(pair, affected)
    found = [
        reason
        for check in CHECKS
        for row in counted.filter(pl.col("check") == check.name).sort("rows", descending=True).iter_rows(named=True)
        if (reason := _judge_count(check, row, ordinary, affected[check.name])) is not None
    ]
    reasons = [*_together(found), *_join_causes(_leave_out_explained(found))]
    if issues is not None:
        reasons += _judge_issues(pair, issues)
    return _verdict(pair, reasons)


def _judge_count(check: Check, row: dict[str, Any], ordinary: Ordinary, affected: pl.DataFrame) -> Reason | None:
    organisation, name, share = row["organisation"], row["field"], row["share"]
    rows, of, dataset = row["rows"], row["of"], row["dataset"]
    in_total = organisation is None
    limit = ordinary.limit(check, dataset, name, in_total=in_total)
    if rows < check.fewest or limit == float("inf"):
        return None
    if share >= limit:
        word: Word = check.verdict
    elif share > check.ordinary and not in_total and not ordinary.is_enough:
        word = "inconclusive"
    else:
        return None
    whose = pl.lit(value=True) if in_total else pl.col("organisation") == organisation
    found = affected.filter(whose & pl.col("field").eq_missing(pl.lit(name, pl.String)))
    if in_total and (rows < _FEWEST_IN_TOTAL or found["organisation"].n_unique() < _TOGETHER):
        return None
    who = "all organisations" if in_total else str(organisation)
    return Reason(
        verdict=word,
        check=check.name,
        dataset=dataset,
        organisation=None if in_total else who,
        field=name,
        rows=rows,
        of=of,
        limit=limit,
        text=f"{rows:,} of {of:,} entities of {who} {check.says}" + (f": {name}" if name and name != SHAPE else ""),
        also=(),
        releases=check.releases if not in_total else DEVELOPER,
        evidence=tuple(found.head(MOST_EVIDENCE).to_dicts()),
    )


def _leave_out_explained(found: list[Reason]) -> list[Reason]:
    """Without what is said of a whole dataset where it is that of one or two organisations which are named already."""
    named = [reason for reason in found if reason.organisation is not None]
    kept = []
    for reason in found:
        rows = sorted(_rows_by_organisation(named, reason.field).values(), reverse=True)
        is_explained = sum(rows[: _TOGETHER - 1]) >= reason.rows * _MOST
        if reason.organisation is not None or not is_explained:
            kept.append(reason)
    return kept


def _rows_by_organisation(named: list[Reason], field: str | None) -> dict[str | None, int]:
    rows: dict[str | None, int] = {}
    for reason in named:
        if reason.field == field:
            rows[reason.organisation] = max(rows.get(reason.organisation, 0), reason.rows)
    return rows


def _join_causes(found: list[Reason]) -> list[Reason]:
    """One reason for each organisation and field: that of the check which says best what happened."""
    causes: dict[tuple[str | None, str | None], list[Reason]] = defaultdict(list)
    for reason in found:
        causes[reason.organisation, reason.field].append(reason)
    joined = []
    for each in causes.values():
        word = gravest([reason.verdict for reason in each])
        first = next(reason for reason in each if reason.verdict == word)
        also = tuple(reason.text for reason in each if reason is not first)
        joined.append(replace(first, also=also))
    return sorted(joined, key=_rank)


def _together(found: list[Reason]) -> list[Reason]:
    """One reason more where the same happened to several organisations."""
    alike: dict[tuple[str, str | None], list[Reason]] = defaultdict(list)
    for reason in found:
        if reason.organisation is not None and reason.verdict != "inconclusive":
            alike[reason.check, reason.field].append(reason)
    told = []
    for each in alike.values():
        if len(each) >= _TOGETHER:
            first, rows = each[0], sum(reason.rows for reason in each)
            said = first.text.partition(f" of {first.organisation} ")[2]
            who = f"{len(each):,} organisations at once"
            text = f"{rows:,} entities of {who} {said}"
            evidence = tuple(reason.evidence[0] for reason in each[:MOST_EVIDENCE] if reason.evidence)
            whole = replace(first, text=text, organisation=None, rows=rows, of=sum(reason.of for reason in each))
            told.append(replace(whole, releases=DEVELOPER, evidence=evidence))
    return told


def _judge_issues(pair: Pair, issues: tuple[int, int]) -> list[Reason]:
    """Held where there are far more issues to an entity than there were."""
    before, after = issues[0] / max(1, pair.size_before), issues[1] / max(1, pair.size_after)
    more = issues[1] - issues[0]
    if after - before < _MORE_ISSUES or after < before * 1.5 or more < _FEWEST_ISSUES:
        return []
    text = f"there are {issues[1]:,} issues where there were {issues[0]:,}"
    return [_whole(pair, "hold", "issues", text, MANAGER, rows=more)]


_MORE_ISSUES: Final = 0.2
"""Issues to an entity, more than there were."""

_FEWEST_ISSUES: Final = 20


def _judge_size(pair: Pair) -> Reason | None:
    """What can be said without looking at the entities."""
    if pair.size_before == 0 and pair.size_after == 0:
        return _whole(pair, "inconclusive", "no-data", "there is no entity in either", MANAGER)
    if pair.size_before == 0:
        return _whole(pair, "inconclusive", "no-past", "it was not there before: nothing to compare with", MANAGER)
    if pair.size_after == 0:
        text = f"all {pair.size_before:,} entities are gone"
        return _whole(pair, "fail", "absent-dataset", text, DEVELOPER, rows=pair.size_before)
    return None


def _whole(pair: Pair, verdict: Word, check: str, text: str, releases: str, rows: int = 0) -> Reason:
    return Reason(
        verdict, check, pair.dataset, None, None, rows, pair.size_before, 0.0, text, (), releases, evidence=()
    )


def _verdict(pair: Pair, reasons: list[Reason]) -> DatasetVerdict:
    ranked = tuple(sorted(reasons, key=_rank))
    held = {each.organisation for each in ranked if each.organisation and each.verdict in ("fail", "hold")}
    return DatasetVerdict(
        dataset=pair.dataset,
        verdict=gravest([each.verdict for each in ranked] or ["pass"]),
        before=pair.size_before,
        after=pair.size_after,
        providers=pair.sizes.height,
        held=tuple(sorted(held)),
        reasons=ranked,
    )


_ORDER: Final = {check.name: number for number, check in enumerate(CHECKS)}


def _rank(reason: Reason) -> tuple[int, bool, int, int]:
    """The gravest first; what happened to many before what happened to one; the plainest before the vague."""
    return (WORDS.index(reason.verdict), reason.organisation is not None, _ORDER.get(reason.check, 0), -reason.rows)
