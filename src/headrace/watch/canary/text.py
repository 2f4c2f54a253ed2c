"""The verdict on a release as Markdown: what is wrong, with whose data, and who can say that it is right."""

from typing import Final

from headrace.watch.canary.ordinary import NIGHTS_NEEDED
from headrace.watch.canary.verdict import DatasetVerdict, Reason, Verdict

SAID: Final = {
    "fail": "must not go live",
    "hold": "is for a person to decide",
    "inconclusive": "cannot be judged by what there is, and is for a person to decide",
    "pass": "can go live",
}
"""What a verdict means."""

_LONGEST: Final = 100


def write_markdown(verdict: Verdict, most: int = 20) -> str:
    """The document, of which the first lines are enough to act on; at most so many reasons of each dataset."""
    parts = [
        f"# {verdict.verdict.capitalize()}: {verdict.after} {SAID[verdict.verdict]}",
        f"Compared with {verdict.before}. {describe_past(verdict)}",
        _table(verdict.datasets),
    ]
    parts += [_section(each, most) for each in verdict.datasets if each.reasons]
    return "\n\n".join(parts) + "\n"


def describe_past(verdict: Verdict) -> str:
    """Against what a release was judged, in a sentence."""
    if verdict.learnt:
        return f"What is ordinary was learnt from the {verdict.nights:,} steps before it."
    return (
        f"Steps before it: {verdict.nights:,}; {NIGHTS_NEEDED} are needed to learn what is ordinary, and "
        "the usual limits were taken."
    )


def _table(datasets: tuple[DatasetVerdict, ...]) -> str:
    rows = [
        f"| {each.dataset} | {each.verdict} | {each.before:,} | {each.after:,} | {each.providers:,} "
        f"| {', '.join(each.held)} |"
        for each in datasets
    ]
    head = "| dataset | verdict | entities before | after | organisations that differ | held |"
    return "\n".join([head, "|---|---|--:|--:|--:|---|", *rows])


def _section(each: DatasetVerdict, most: int) -> str:
    left = len(each.reasons) - most
    parts = [f"## {each.dataset}: {each.verdict}", *(_say(reason) for reason in each.reasons[:most])]
    if left > 0:
        parts.append(f"And {left:,} more.")
    return "\n\n".join(parts)


def _say(reason: Reason) -> str:
    lines = [f"**{reason.text}** ({reason.verdict}: {reason.check}). A {reason.releases} can release it."]
    lines += [f"- also: {text}" for text in reason.also]
    lines += [
        f"- `{row['entity']}` {row['reference'] or ''}: {_cell(row['before'])} → {_cell(row['after'])}"
        for row in reason.evidence
    ]
    return lines[0] + ("\n\n" + "\n".join(lines[1:]) if lines[1:] else "")


def _cell(value: str | None) -> str:
    """A value on one line, and not longer than a person reads."""
    if value is None:
        return "nothing"
    text = " ".join(value.replace("`", "'").split())
    return f"`{text if len(text) <= _LONGEST else text[: _LONGEST - 1] + '…'}`"
