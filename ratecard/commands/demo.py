"""``ratecard demo``"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from crawlers import samples
from crawlers.gate import CrawlRefusedError
from ratecard.commands.crawl import crawl_and_tell
from ratecard.commands.figures import print_figures
from ratecard.speaking import Format, reported, say
from reports import figures as figures_report
from warehouse.connect import connect

app = typer.Typer()


@app.command()
def demo(
    data: Annotated[Path, typer.Option("--data", help="Folder for the demo's data.")] = Path("data"),
) -> None:
    """Serve the bundled sample clinics on loopback, crawl them for real, build the warehouse, print figures.

    Example:

      ratecard demo
    """
    overrides = {
        "DATA_DIR": str(data),
        "ALLOW_PRIVATE_HOSTS": ["*.localhost"],
        "DOWNLOAD_DELAY": 0.02,
        "AUTOTHROTTLE_ENABLED": False,
        "BUILD_AFTER_CRAWL": True,
    }
    with reported(could_not_run=(CrawlRefusedError,)), samples.serve() as server:
        say.print(f"[bold]Serving the sample clinics[/] on 127.0.0.1:{server.port} and visiting them over HTTP")
        crawl_and_tell(server.clinics_csv, (), overrides)
    _show_demo(data)


def _show_demo(data: Path) -> None:
    warehouse = data / "ratecard.duckdb"
    cells = [("nmt", ("Calgary", "Edmonton")), *(("massage", (city,)) for city in ("Calgary", "Edmonton", "Red Deer"))]
    with reported(), connect(warehouse) as con:
        found = [
            figure
            for name, regions in cells
            for figure in figures_report.figures(con, modality=name, minutes=60, regions=regions)
        ]
    typer.echo()
    print_figures(found, Format.TABLE)
    option = "" if data == Path("data") else f" --data {data}"
    say.print(f"\nThe warehouse is [bold]{escape(str(warehouse))}[/]. Try next:")
    for line in (
        f"ratecard figures --modality nmt --minutes 60 --region Calgary --region Edmonton{option}",
        f'ratecard sql "from current_prices limit 5"{option}',
        f"ratecard review{option}",
        f"ratecard export --to exports{option}",
    ):
        say.print(f"  .venv/bin/{escape(line)}")
