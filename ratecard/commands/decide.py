"""``ratecard decide``"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

import pandas as pd
import typer
from rich.markup import escape

from ratecard.commands.review import TOPICS, Topic
from ratecard.speaking import DataOption, need_reason, reported, say, settings_of
from reports.names import UnknownName
from warehouse.connect import connect
from warehouse.decisions import FILE as DECISIONS
from warehouse.decisions import Decision, Verdict, add_decisions

app = typer.Typer()


@app.command()
def decide(
    verdict: Annotated[
        Verdict, typer.Argument(help="keep: the price is right and votes. drop: it stays out for good.")
    ],
    flag: Annotated[list[str], typer.Argument(help="Flags as `ratecard review` names them.")],
    reason: Annotated[str, typer.Option("--reason", help="Why, for whoever reads it in a year.")],
    data: DataOption = None,
) -> None:
    """Record what flagged prices are, in decisions.csv beside the crawls; it counts from the next build on.

    Examples:

      ratecard decide keep 3f9a1c20 --reason "rang them: 30 dollars for 30 minutes is their price"

      ratecard decide drop 77b0e5d1 8c21aa04 --reason "prices of the old menu"
    """
    need_reason("--reason", reason)
    settings = settings_of(data)
    with reported():
        with connect(settings.warehouse_path) as con:
            topics = (Topic.FLAGS, Topic.DECIDED, Topic.OUTLIERS)
            known = {row["flag_id"]: row for topic in topics for row in TOPICS[topic](con).to_dict("records")}
        unknown = [flag_id for flag_id in flag if flag_id not in known]
        if unknown:
            raise UnknownName(f"no flag {', '.join(unknown)} on a current price; `ratecard review` shows the open ones")
        path = settings.data_dir / DECISIONS
        add_decisions(path, [_decision(known[flag_id], verdict, reason) for flag_id in flag])
    say.print(f"{len(flag)} decided in {escape(str(path))}; it counts from the next `ratecard build` on")


def _decision(row: Mapping[Hashable, Any], verdict: Verdict, reason: str) -> Decision:
    minutes = None if pd.isna(row["duration_min"]) else int(row["duration_min"])
    return Decision(
        decided_on=datetime.now(UTC).date(),
        check_name=row["check_name"],
        location_id=row["location_id"],
        service=row["service"],
        duration_min=minutes,
        audience=row["audience"],
        cents=int(row["price_cents"]),
        verdict=verdict,
        reason=reason,
    )
