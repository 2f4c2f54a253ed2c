"""The reference of the reports on quality: what each asks, how it is found, and what its columns and numbers say."""

from collections.abc import Mapping, Sequence
from typing import Final

from headrace.report.quality.standing_report import StandingReport

_OPENING: Final = """\
# Reports on quality

<!-- Made by docs/generate.py from headrace.report.quality.registry; change it there. -->

Each answers one question about what was collected and published, as things are now. Its first row is the
first to act on, and says what to do.

- Pages: `/report/<name>`, with `?dataset=`, `?organisation=` (a CURIE), and `?as-of=` (a day) for the numbers
  kept on that night.
- Data: `/report/<name>.json` and `.csv`, with the same parameters; `/report/<name>/trend.json` has the
  numbers night by night, `trend.svg`, `trend.png` and `trend.vl.json` the chart of them.
- Terminal: `headrace report list`, `headrace report show <name> --lake lake [--dataset D] [--organisation O]
  [--json | --csv FILE]`.
- SQL: the database `performance` of the data explorer has a table `report_<name>` for each, and
  `report_number`: what each number has been from which night on. `headrace report database FILE --lake lake`
  writes the same database into a file.

At the end of every night the numbers of each report are kept: for all, for each dataset, for each
organisation, and for each organisation in each dataset. Each is counted over its own rows and is no sum, so
that one endpoint that serves several datasets is one. Only what changed is written, and nothing is counted
again on a night on which nothing changed.
"""

_CLOSING: Final = """\

## The tables of the database `performance`

| table | columns |
|---|---|
"""

_BESIDE: Final = """
Beside them: `stage_measure` and `stream_measure`, the measures of `/stream` at the moment `at`. The database
is made when it is first asked for after a night. Statuses are those of the last attempts, and
`error_endpoint_count` counts endpoints that have failed for longer than a few nights: one bad night is none.

The database `digital-land` has `issue`, `column_field`, `dataset_resource`, `converted_resource` and
`operational_issue` of all datasets, `resource_dataset`, `resource_endpoint`, `resource_organisation`, and the
tables of the specification (`provision`, `provision_rule`, `provision_reason`, `organisation`, `dataset`,
`dataset_field`, `field`, `datatype`, `typology`, `issue_type`, `severity`, `cohort`, `licence`,
`attribution`, `old_resource`). Its queries find the tables of the database `record` too (`log`, `endpoint`,
`source`, `source_pipeline`, `resource`, `transform`, `expectation`, `event`), as if they were its own.
"""


def write_report_reference(reports: Sequence[StandingReport], performance: Mapping[str, Sequence[str]]) -> str:
    """The page, in Markdown; `performance` are the columns of the tables of the existing platform, by name."""
    tables = "".join(f"| `{name}` | {_code(columns)} |\n" for name, columns in performance.items())
    return _OPENING + "".join(_write(report) for report in reports) + _CLOSING + tables + _BESIDE


def _write(report: StandingReport) -> str:
    columns = "".join(f"| `{name}` | {_cell(meaning)} |\n" for name, meaning in report.columns.items())
    measures = "".join(f"| {each.name} | {_cell(each.meaning)} |\n" for each in report.measures)
    return (
        f"\n## {report.title}\n\n`{report.name}`: {report.question}\n\n"
        f"It helps to decide: {report.decision[:1].lower()}{report.decision[1:]}\n\n{report.logic}\n\n"
        f"| column | what it says |\n|---|---|\n{columns}\n"
        f"| number kept every night | what is counted |\n|---|---|\n{measures}"
    )


def _code(columns: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in columns)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
