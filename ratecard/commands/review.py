"""``ratecard review``"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated

import duckdb
import pandas as pd
import typer

from ratecard.speaking import DataOption, Format, FormatOption, reported, say, settings_of
from reports import review as review_report
from reports.desk import open_desk
from reports.figures import last_day
from reports.outliers import outliers
from reports.render import render
from warehouse.connect import connect

app = typer.Typer()


class Topic(StrEnum):
    """What there is to review."""

    FLAGS = "flags"
    DECIDED = "decided"
    REJECTIONS = "rejections"
    UNKNOWN = "unknown"
    ABSTAINING = "abstaining"
    UNSURE = "unsure"
    PLACES = "places"
    OUTLIERS = "outliers"


TOPICS: dict[Topic, Callable[[duckdb.DuckDBPyConnection], pd.DataFrame]] = {
    Topic.FLAGS: review_report.open_flags,
    Topic.DECIDED: review_report.decided_flags,
    Topic.REJECTIONS: review_report.rejections,
    Topic.UNKNOWN: review_report.unknown_modalities,
    Topic.ABSTAINING: review_report.abstaining,
    Topic.UNSURE: review_report.low_confidence,
    Topic.PLACES: review_report.unplaced,
    Topic.OUTLIERS: lambda con: outliers(con, open_desk(con, last_day(con))),
}


@app.command()
def review(
    topic: Annotated[
        Topic,
        typer.Argument(
            help="Prices that look wrong, those decided on, texts set aside, unknown names, prices without a "
            "vote, unsure readings, locations without a sure place, prices far from the model."
        ),
    ] = Topic.FLAGS,
    data: DataOption = None,
    output: FormatOption = Format.TABLE,
    limit: Annotated[int, typer.Option(min=1, help="At most so many rows.")] = 50,
) -> None:
    """What a person should look at, each with the text and the reason. Flagged prices wait for `ratecard decide`.

    Examples:

      ratecard review

      ratecard review abstaining --format csv --limit 1000
    """
    settings = settings_of(data)
    with reported():
        with connect(settings.warehouse_path) as con:
            rows = TOPICS[topic](con)
        shown = rows.dropna(axis="columns", how="all") if output is Format.TABLE else rows
        typer.echo(render(shown.head(limit), output.value), nl=False)
    if rows.empty:
        say.print(f"nothing to review: no {topic.value}")
    if len(rows) > limit:
        say.print(f"{len(rows) - limit} more; raise --limit")
    if topic is Topic.FLAGS and len(rows):
        counts = ", ".join(f"{name} {count}" for name, count in rows["check_name"].value_counts(sort=False).items())
        say.print(f"{len(rows)} open: {counts}. They do not vote. Decide: ratecard decide keep|drop FLAG --reason WHY")
