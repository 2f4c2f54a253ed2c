"""The reference of issue types, as a page of the documentation."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from headrace.spec.issue_guidance import IssueGuidance, Raised
from headrace.spec.specification import IssueType

OPENING: Final = """\
# Issues

This page is generated from `datasets/guidance/issue.csv` and `datasets/specification/issue-type.csv`: change
those, then run `python docs/generate.py`.

An issue is a problem in data, with its address: resource, record, field and value. Its *severity* says what it
costs: an `error` loses a value or may mislead, a `warning` was put right, a `notice` waits for something, an `info`
tells what was done. Its *responsibility* says whose task it is: `external` is the publisher's, `internal` ours.
"""

NOTES: Final = {
    Raised.YES: "",
    Raised.RARELY: "Headrace can find this, but no file is known that has it: the example shows what would be meant.",
    Raised.NO: "Headrace does not find this; the type is kept for issues of other systems and former years.",
}


def write_issue_reference(guidance: Iterable[IssueGuidance], types: Mapping[str, IssueType]) -> str:
    """The page, as CommonMark with tables: an overview of the types, then a section for each."""
    guides = list(guidance)
    overview = [("Issue", "In a line", "Severity", "Responsibility")]
    overview += [
        (
            f"[{each.code}](#{anchor(each.code)})",
            each.title,
            types[each.code].severity,
            types[each.code].responsibility,
        )
        for each in guides
    ]
    return "\n".join([OPENING, _table(overview), *(_section(each, types[each.code]) for each in guides)])


def anchor(code: str) -> str:
    """The name under which a section of the page can be linked to."""
    return code.lower().replace(" ", "-")


def _section(guide: IssueGuidance, kind: IssueType) -> str:
    note = NOTES[guide.raised]
    parts = [
        f"## {guide.code}",
        f"**{guide.title}.** {kind.severity}, {kind.responsibility}." + (f" {note}" if note else ""),
        f"Why it matters: {guide.why}",
        f"How to fix it: {guide.how}",
        f"Wrong (a file of `{guide.dataset}`):",
        _table(guide.wrong),
        "Right:",
        _table(guide.right),
    ]
    return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"


def _table(rows: Sequence[tuple[str, ...]]) -> str:
    header, *others = rows
    lines = [header, tuple("---" for _ in header), *others]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
