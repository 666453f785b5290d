"""The command line. Each module of ``ratecard.commands`` is one command, or one group of them, named like the module.

A command's module is imported when the command is asked for, so that none waits for the libraries of the others.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from ratecard import commands


class _Commands(TyperGroup):
    """The modules of ``ratecard.commands``, each imported when it is needed."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 (the framework's signature)
        return [module.name for module in pkgutil.iter_modules(commands.__path__)]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in self.list_commands(ctx):
            return None
        command = get_command(import_module(f"{commands.__name__}.{cmd_name}").app)
        command.name = cmd_name
        return command


app = typer.Typer(
    name="ratecard",
    cls=_Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def main() -> None:
    """Comparable massage prices for Alberta, read from the clinics' own public pages."""
