"""Whether confidence means what it says: the share of right session prices by confidence, over labelled pages.

    python -m tests.benchmarks.calibration FOLDER...

A FOLDER holds ``pages/`` and, for each page, ``gold/<page>.json`` with its ``offers`` as the ``extract`` contract
names them. A session is right if the page has one of its length and price. The pages are dealt into five parts; each
part's share is set beside the share that the other four foretell, so that the figures are not those of one page.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

from crawlers.local import read_file
from pipelines.readers import read_page
from pipelines.records import Category

FOLDS = 5
Session = tuple[int, float, float | None]


def sessions_read(path: Path) -> list[tuple[float, Session]]:
    """Confidence, length and price of each session on a page."""
    return [
        (offer.confidence, (offer.minutes, offer.price / 100, offer.price_max and offer.price_max / 100))
        for offer in read_page(read_file(path)).offers
        if offer.category is Category.MASSAGE and offer.minutes
    ]


def sessions_labelled(path: Path) -> Counter[Session]:
    """The sessions that a person found on the page."""
    gold = json.loads((path.parents[1] / "gold" / f"{path.stem}.json").read_text(encoding="utf-8"))
    return Counter(
        (offer["minutes"], float(offer["price"]), offer.get("price_max"))
        for offer in gold["offers"]
        if offer["category"] == "massage" and offer["minutes"]
    )


def judged(folders: list[Path]) -> Iterator[tuple[int, float, bool]]:
    """Fold, confidence and rightness of every session read."""
    for path in sorted(path for folder in folders for path in (folder / "pages").iterdir()):
        left = sessions_labelled(path)
        for confidence, session in sessions_read(path):
            right = left[session] > 0
            left[session] -= right
            yield crc32(path.stem.encode()) % FOLDS, confidence, right


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", metavar="FOLDER", type=Path, nargs="+")
    rows = list(judged(parser.parse_args().folders))
    if not rows:
        sys.exit("no session was read in these folders, so there is nothing to judge")
    by_confidence: dict[float, list[tuple[int, bool]]] = defaultdict(list)
    for fold, confidence, right in rows:
        by_confidence[confidence].append((fold, right))
    print("confidence   right / read   share   each fold: share there (share on the others)")
    for confidence, found in sorted(by_confidence.items(), reverse=True):
        right = sum(ok for _, ok in found)
        folds = []
        for fold in range(FOLDS):
            inside = [ok for at, ok in found if at == fold]
            outside = [ok for at, ok in found if at != fold]
            if inside and outside:
                folds.append(f"{sum(inside) / len(inside):.3f} ({sum(outside) / len(outside):.3f})")
        print(f"{confidence:10.2f} {right:7} / {len(found):<5} {right / len(found):6.3f}   {'  '.join(folds)}")
    sure = [ok for _, confidence, ok in rows if confidence >= 0.9]
    print(f"at 0.90 and above: {sum(sure)} / {len(sure)}" + (f" = {sum(sure) / len(sure):.4f}" if sure else ""))


if __name__ == "__main__":
    main()
