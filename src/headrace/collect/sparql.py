"""A SPARQL service is asked one query, and its answer becomes a table with the columns in order of their names.

Source: SPARQL 1.1 Protocol, 2.1.1 (query by GET), and SPARQL 1.1 Query Results CSV.
"""

import csv
from io import StringIO
from typing import Final
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

from headrace.collect.answer import Answer, Unanswered, Unchanged
from headrace.collect.fetch import ask
from headrace.collect.parameters import read_text
from headrace.collect.visit import Visit

ITEM: Final = "http://www.wikidata.org/entity/"
"""What stands before the key of each thing in answers of Wikidata; the key alone is what a column holds."""


async def fetch_query(visit: Visit) -> Answer:
    """The answer to the query in the parameter `query`, in the file that the URL names, or in the URL itself, as CSV.

    Columns are sorted by name, because services give them in any order, with `-` for `_`. Rows stay as they come.

    Raises:
        Unanswered: there is no query, or the answer is not a table.
    """
    url = _query_url(visit)
    answer = await ask(visit, url, {"Accept": "text/csv"})
    if isinstance(answer, Unchanged):  # pragma: no cover - no condition was sent
        raise Unanswered("the service answered a question that was not asked", status=304, final_url=url)
    if "csv" not in (answer.content_type or ""):
        raise _no_table(answer, f"it is {answer.content_type or 'of no type'}")
    try:
        rows = list(csv.reader(StringIO(answer.body.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise _no_table(answer, str(error)) from error
    if any(len(row) != len(rows[0]) for row in rows):
        raise _no_table(answer, "its rows differ in length")
    return Answer(_sorted_table(rows), answer.status, answer.final_url, "text/csv", headers=answer.headers)


def _query_url(visit: Visit) -> str:
    parts = urlsplit(visit.endpoint.url)
    query = read_text(visit.endpoint, "query") or visit.endpoint.query
    if query is None and "query" not in parse_qs(parts.query):
        raise Unanswered(_no_query(parts.fragment))
    asked = "&".join(part for part in (parts.query, urlencode({"query": query}) if query else "") if part)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, asked, ""))


def _no_query(file: str) -> str:
    if not file:
        return "there is no query; expected its text in `parameters` as `query`, or the name of its file after `#`"
    return f"the query file {file!r} is not in the folder of the collection, or is no text in UTF-8"


def _sorted_table(rows: list[list[str]]) -> bytes:
    header = [name.replace("_", "-") for name in rows[0]]
    order = sorted(range(len(header)), key=header.__getitem__)
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([header[column] for column in order])
    writer.writerows([[row[column].removeprefix(ITEM) for column in order] for row in rows[1:]])
    return text.getvalue().encode()


def _no_table(answer: Answer, problem: str) -> Unanswered:
    return Unanswered(
        f"the answer to the query is not a table as CSV: {problem}",
        status=answer.status,
        final_url=answer.final_url,
        content_type=answer.content_type,
        received=len(answer.body),
        headers=answer.headers,
    )
