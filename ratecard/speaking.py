"""How every command speaks: exit statuses, messages, settings, and the options that many have."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape

from ratecard_settings import RatecardSettings
from reports.names import UnknownName
from warehouse.errors import ChecksFailed, UnknownCheck, WarehouseError

NEEDS_PERSON, WRONG_USE, COULD_NOT_RUN = 1, 2, 3
say = Console(stderr=True, highlight=False, soft_wrap=True)


class Format(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    MD = "md"


FormatOption = Annotated[Format, typer.Option("--format", help="How to print rows.")]
DataOption = Annotated[Path | None, typer.Option("--data", help="Data folder; else the setting data_dir.")]
_Errors = tuple[type[Exception], ...]


@contextmanager
def reported(wrong_use: _Errors = (), could_not_run: _Errors = (), needs_person: _Errors = ()) -> Iterator[None]:
    """Known errors as one clear message on stderr with the right exit status; a command names those of its own."""
    misused: _Errors = (UnknownName, UnknownCheck, *wrong_use)
    lacking: _Errors = (ChecksFailed, *needs_person)
    failed: _Errors = (WarehouseError, *could_not_run)
    try:
        yield
    except misused as error:
        fail(str(error), WRONG_USE)
    except lacking as error:
        fail(str(error), NEEDS_PERSON)
    except failed as error:
        fail(str(error), COULD_NOT_RUN)
    except OSError as error:
        fail(f"{error.filename or 'a file'}: {error.strerror or error}", COULD_NOT_RUN)


def fail(text: str, status: int) -> NoReturn:
    """Say what is wrong and end with a status."""
    say.print(f"[bold red]error:[/] {escape(text)}")
    raise typer.Exit(status)


def need_reason(option: str, reason: str) -> None:
    """End as wrong use if the reason that an option gives is blank."""
    if not reason.strip():
        fail(f"{option} is blank: somebody will ask in a year", WRONG_USE)


def settings_of(data: Path | None = None) -> RatecardSettings:
    """The settings in force, with another data folder if one is given."""
    try:
        settings = RatecardSettings()
    except (ValidationError, ValueError) as error:
        fail(f"a setting is wrong (ratecard.toml or RATECARD_*):\n{error}", WRONG_USE)
    return settings.model_copy(update={"data_dir": data}) if data else settings
