"""The command `headrace`: every noun and verb, in one place."""

from importlib import import_module
from typing import Any, Final

import typer
from typer.core import TyperGroup

COMMANDS: Final = {
    "demo": "headrace.cli.demo",
    "dependency": "headrace.cli.dependency",
    "endpoint": "headrace.cli.endpoint",
    "entity": "headrace.cli.entity",
    "flow": "headrace.cli.flow",
    "goal": "headrace.cli.goal",
    "event": "headrace.cli.event",
    "issue": "headrace.cli.issue",
    "log": "headrace.cli.log",
    "night": "headrace.cli.night",
    "release": "headrace.cli.release",
    "report": "headrace.cli.report",
    "resource": "headrace.cli.resource",
    "serve": "headrace.cli.serve",
    "trace": "headrace.cli.trace",
    "work": "headrace.cli.work",
    "watch": "headrace.cli.watch",
}
"""The module of each command, whose `app` is the command; it is imported when it is asked for, so that each starts
with no more than it needs."""


class Commands(TyperGroup):
    """The commands, each loaded when it is called."""

    def list_commands(self, ctx: Any) -> list[str]:  # the context of typer's own command line parser
        """Their names."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name; None if there is none."""
        if cmd_name not in COMMANDS:
            return None
        command = typer.main.get_command(import_module(COMMANDS[cmd_name]).app)
        command.name = cmd_name
        return command


app = typer.Typer(
    cls=Commands,
    help="A planning data service: collects, fixes, publishes, and shows where data waits.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


@app.callback()
def headrace() -> None:
    """A planning data service: collects, fixes, publishes, and shows where data waits."""


def main() -> None:
    """Run the command."""
    app(prog_name="headrace")
