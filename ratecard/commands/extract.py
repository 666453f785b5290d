"""``ratecard extract``"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer
from rich.markup import escape

from crawlers.local import InputError, pages_of
from pipelines import contract
from pipelines.readers import read_page, sketch
from pipelines.records import Page, Reading
from ratecard.speaking import NEEDS_PERSON, WRONG_USE, fail, reported, say
from reports.render import render

app = typer.Typer()


@app.command()
def extract(
    sources: Annotated[
        list[str], typer.Argument(help="HTML or text files, folders of them, WARC files, or a live URL.")
    ],
    output: Annotated[str, typer.Option("--format", help="jsonl (one line a page) or table.")] = "",
    explain: Annotated[
        bool, typer.Option("--explain", help="Show how each price was found or why it was not.")
    ] = False,
) -> None:
    """Read pages without storing anything: one line a page with its offers and rejections.

    Examples:

      ratecard extract rates.html --explain

      ratecard extract pages/ --format jsonl > offers.jsonl

      ratecard extract https://example.org/rates
    """
    if output not in ("", "jsonl", "table"):
        fail(f"--format {output} is not known; use jsonl or table", WRONG_USE)
    as_lines = output == "jsonl" or (not output and not explain and not sys.stdout.isatty())
    faults: list[str] = []
    pages = 0
    with reported():
        for name, page in _pages(sources, faults):
            pages += 1
            _print_reading(name, page, as_lines=as_lines, explain=explain)
    for fault in faults:
        say.print(f"[bold red]error:[/] {escape(fault)}")
    if faults:
        raise typer.Exit(NEEDS_PERSON if pages else WRONG_USE)


def _pages(sources: Sequence[str], faults: list[str]) -> Iterator[tuple[str, Page]]:
    """Name and page of everything that the sources hold; what cannot be read goes to ``faults``."""
    for source in sources:
        if source.startswith(("http://", "https://")):
            yield source, _fetched(source)
            continue
        try:
            yield from pages_of(Path(source), faults)
        except InputError as error:
            faults.append(str(error))


def _fetched(url: str) -> Page:
    from crawlers.gate import CrawlRefusedError  # noqa: PLC0415 (files are read without waiting for Scrapy)
    from crawlers.run import FetchError, fetch_page  # noqa: PLC0415

    with reported(could_not_run=(CrawlRefusedError, FetchError)):
        return fetch_page(url)


def _print_reading(name: str, page: Page, *, as_lines: bool, explain: bool) -> None:
    reading = read_page(page)
    if as_lines:
        typer.echo(json.dumps(contract.as_line(name, page, reading), ensure_ascii=False))
    elif explain:
        typer.echo(contract.explain(name, reading, datetime.now(UTC).date(), sketch(page)))
    else:
        typer.echo(_offers_table(name, reading))


def _offers_table(name: str, reading: Reading) -> str:
    rows = pd.DataFrame(
        {
            "service": offer.service,
            "minutes": offer.minutes,
            "price_cents": offer.price,
            "category": offer.category.value,
            "modality": offer.modality,
            "confidence": offer.confidence,
        }
        for offer in reading.offers
    )
    head = f"{name}: {len(reading.offers)} offers, {len(reading.rejections)} set aside"
    return head if rows.empty else f"{head}\n{render(rows, 'table')}"
