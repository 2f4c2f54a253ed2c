"""The report for a publisher as text, to be sent to people."""

from typing import Final

from headrace.report.provider import Place, Problem, ProviderReport, PublishedFile

SHOWN: Final = 20
"""How many rows are listed of one problem; JSON has all of them."""

WIDEST: Final = 60

TASKS: Final = {"external": "for you", "internal": "for us"}


def write_provider_report(report: ProviderReport) -> str:
    """The report as CommonMark with tables; record numbers are those of the publisher's own file."""
    parts = [
        f"# {report.name}: {report.dataset}",
        f"As in release {report.release}, made on the night of {report.night}.",
        "## What we hold",
        *(_file(each) for each in report.files),
        f"Together they speak of {_count(report.entities, 'entity', 'entities')}.",
        "## What is wrong",
        *(_problem(each, several=len(report.files) > 1) for each in report.problems),
        "## Rows that are not published",
        _refused(report),
    ]
    if not report.files:
        parts[3:4] = ["Nothing: no file of yours is published in this dataset."]
    if not report.problems:
        parts.insert(parts.index("## What is wrong") + 1, "Nothing was found.")
    return "\n\n".join(parts) + "\n"


def _file(file: PublishedFile) -> str:
    lines = [f"File `{file.resource[:10]}…`, first seen on {file.start_date}:"]
    lines += [f"- from <{url}>" for url in file.urls]
    lines.append(f"- {file.mime_type or 'format not known'}, {_count(file.records, 'record')}, the header included")
    lines.append(f"- {_count(file.entries, 'row')} published, about {_count(file.entities, 'entity', 'entities')}")
    unread = [column for column, field in file.columns if field is None]
    if unread:
        lines.append(f"- columns that nothing was read from: {', '.join(unread)}")
    return "\n".join(lines).replace(":\n-", ":\n\n-", 1)


def _problem(problem: Problem, *, several: bool) -> str:
    facts = ", ".join(filter(None, (problem.severity, TASKS.get(problem.responsibility or ""))))
    parts = [f"### {problem.title}", f"`{problem.issue_type}` ({facts}), {_count(len(problem.places), 'time')}."]
    parts += [text for text in (problem.why, problem.how) if text]
    header = [*(["File"] if several else []), "Row", "What the row calls itself", "Field", "Value", "Since"]
    rows = [_cells(place, several=several) for place in problem.places[:SHOWN]]
    parts.append(_table(header, rows))
    more = len(problem.places) - SHOWN
    return "\n\n".join([*parts, f"And {more:,} more."] if more > 0 else parts)


def _cells(place: Place, *, several: bool) -> list[str]:
    named = "; ".join(f"{field}: {_cell(value)}" for field, value in place.row.items())
    found = place.value or place.message or ""
    file = [f"`{place.resource[:10]}…`"] if several else []
    return [*file, str(place.line or ""), named, place.field or "", _cell(found), place.first_seen or ""]


def _refused(report: ProviderReport) -> str:
    if not report.refused:
        return "Every row is published."
    rows = [[str(each.line or "all"), each.reason, _cell(each.value or "")] for each in report.refused[:SHOWN]]
    more = len(report.refused) - SHOWN
    table = _table(["Row", "Why", "What shows it"], rows)
    return f"{table}\n\nAnd {more:,} more." if more > 0 else table


def _table(header: list[str], rows: list[list[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in [header, ["---"] * len(header), *rows])


def _cell(text: str) -> str:
    """A publisher's text as one cell: on one line, not too long, without bars."""
    said = " ".join(text.split()).replace("|", "\\|")
    return said if len(said) <= WIDEST else f"{said[: WIDEST - 1]}…"


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
