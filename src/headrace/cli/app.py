"""The command `headrace`: every noun and verb, in one place."""

import typer

from headrace.cli import entity, issue, report, resource
from headrace.cli.demo import demo
from headrace.cli.night import night
from headrace.cli.serve import serve
from headrace.cli.trace import trace

app = typer.Typer(
    name="headrace",
    help="A planning data service: collects, fixes, publishes, and shows where data waits.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.command()(demo)
app.command()(night)
app.command()(serve)
app.command()(trace)
app.add_typer(entity.app, name="entity")
app.add_typer(issue.app, name="issue")
app.add_typer(report.app, name="report")
app.add_typer(resource.app, name="resource")


def main() -> None:
    """Run the command."""
    app()
