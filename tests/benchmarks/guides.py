"""How long it takes to find and check the claims of guides, as a ratio to markdown-it's bare parse in the same run.

    python -m tests.benchmarks.guides [FILES]

Makes guides of 10 kB (1,000 unless told), each with its own numbers and words, a dozen claims, lists, a table, links and
emphasis. *check* is everything that `ratecard guide check` does with a file but for asking the warehouse and printing:
decoding, parsing, finding and judging. The warehouse is asked once for each cell, whatever the number of files.
"""

from __future__ import annotations

import gc
import random
import statistics
import sys
import time
from collections.abc import Callable

from markdown_it import MarkdownIt

from reports.guides.articles import decode, read_article
from reports.guides.checking import Checker
from reports.guides.measured import Answer, Measured

ROUNDS = 5
SIZE = 10_000
WORDS = [
    "muscle",
    "tension",
    "pressure",
    "stretch",
    "posture",
    "circulation",
    "winter",
    "therapist",
    "client",
    "relief",
    "gentle",
    "deep",
    "steady",
    "session",
    "back",
    "shoulder",
    "breath",
    "warm",
    "table",
    "oil",
    "quiet",
    "hands",
    "recovery",
    "sport",
    "office",
    "chair",
    "sleep",
    "stress",
    "nerve",
    "tissue",
    "point",
    "release",
]
CITIES = ("Calgary", "Edmonton", "Red Deer", "Lethbridge", "Medicine Hat")
KINDS = ("Swedish massage", "Deep tissue massage", "NMT", "SMRT", "Prenatal massage", "Hot stone massage")


def sentence(luck: random.Random) -> str:
    words = luck.choices(WORDS, k=luck.randint(8, 20))
    words[luck.randrange(len(words))] = luck.choice(("*calm*", "**firm**", "[care](https://example.org/care)", "`raw`"))
    return f"{' '.join(words).capitalize()}."


def claim(luck: random.Random) -> str:
    low = luck.randrange(60, 120, 5)
    city, kind = luck.choice(CITIES), luck.choice(KINDS)
    return luck.choice(
        (
            f"{kind} in {city} costs between ${low} and ${low + 40} for a 60-minute session.",
            f"Expect to pay ${low}–${low + 30} for an hour of {kind} in {city}.",
            f"The average price of a 90-minute session is ${low + 45} in {city}.",
        )
    )


def guide(luck: random.Random) -> bytes:
    parts = [f"---\ntitle: {luck.choice(KINDS)} in {luck.choice(CITIES)}\n---\n\nUpdated: 2026-01-26\n"]
    while sum(map(len, parts)) < SIZE:
        paragraph = [sentence(luck) for _ in range(luck.randint(3, 7))]
        if luck.random() < 0.5:
            paragraph.insert(2, claim(luck))
        items = "\n".join(f"- {sentence(luck)}" for _ in range(4))
        parts.append(
            f"\n## {luck.choice(WORDS).title()} and {luck.choice(WORDS)}\n\n{' '.join(paragraph)}\n\n{items}\n"
        )
    parts.append("\n| Length | Price |\n|---|---|\n| 60 minutes | $95 |\n| 90 minutes | $135 |\n")
    return "".join(parts).encode()


def measured(modality: str, minutes: int, regions: object) -> Answer:
    return Answer(
        Measured(modality, minutes, ("Calgary",), 9_000, 13_000, 11_000, 11_200, 34, "A", prices=(9_000, 12_000))
    )


def bare(content: bytes) -> None:
    MARKDOWN.parse(content.decode())


def check(content: bytes) -> None:
    CHECKER(read_article(decode(content).text, "guide.md"))


MARKDOWN = MarkdownIt("commonmark").enable("table")
CHECKER = Checker(measured)


def seconds(work: Callable[[bytes], None], files: list[bytes]) -> float:
    gc.collect()
    start = time.process_time()
    for content in files:
        work(content)
    return time.process_time() - start


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    luck = random.Random(7)
    files = [guide(luck) for _ in range(count)]
    found = sum(len(CHECKER(read_article(decode(content).text, "guide.md"))) for content in files)
    rounds = [(seconds(bare, files), seconds(check, files)) for _ in range(ROUNDS)]
    ratio = statistics.median(ours / parse for parse, ours in rounds)
    print(f"{count} guides, {sum(map(len, files)) // 1000} kB, {found} claims, median of {ROUNDS} interleaved rounds")
    print(f"  bare markdown-it parse {statistics.median(parse for parse, _ in rounds):6.2f} s")
    print(
        f"  guide check            {statistics.median(ours for _, ours in rounds):6.2f} s, {ratio:.2f} x the bare parse"
    )


if __name__ == "__main__":
    main()
