"""The documents name every command and every setting, and say of each what the code says."""

import re
import shutil
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from typer.testing import CliRunner

from ratecard.front import app
from ratecard_settings import RatecardSettings
from tests.warehouse.factories import Crawl, clinic, offer
from warehouse.build import build

ROOT = Path(__file__).parents[1]


def settings_table() -> str:
    rows = [
        f"| `{name}` | `{field.default}` | {field.description} |"
        for name, field in RatecardSettings.model_fields.items()
    ]
    return "\n".join(["| name | default | what |", "|---|---|---|", *rows])


def test_every_setting_is_documented():
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert settings_table() in text, "renew docs/settings.md: python -m tests.test_docs"


@pytest.mark.parametrize("command", ["guide check", "guide refresh", "guide sentence"])
def test_every_command_for_guides_is_in_the_readme(command):
    assert f"ratecard {command}" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", [c.name or c.callback.__name__ for c in app.registered_commands])
def test_every_command_is_in_the_readme(command):
    assert f"ratecard {command}" in (ROOT / "README.md").read_text(encoding="utf-8") or command == "demo"


CONSOLE = re.compile(r"```console\n(\$ ratecard ([^\n]+)\n)(.*?)```", re.DOTALL)


def renewed(text: str) -> str:
    """A document with the real output of each command that it shows."""
    return CONSOLE.sub(lambda m: f"```console\n{m[1]}{CliRunner().invoke(app, m[2].split()).stdout}```", text)


@contextmanager
def workplace(name: str) -> Iterator[None]:
    """Where the commands of a document are run: the guides' among copies of their articles, beside a warehouse."""
    if name != "guides.md":
        with chdir(ROOT):
            yield
        return
    with TemporaryDirectory() as folder, chdir(folder):
        shutil.copytree(ROOT / "docs" / "articles", "articles")
        clinics_of_guides(Path("data"))
        yield


def clinics_of_guides(data: Path) -> None:
    """A warehouse of forty clinics with made-up prices, the same every day."""
    crawl = Crawl(data, 5, [clinic(f"c{n:02}", "Calgary" if n % 2 else "Edmonton") for n in range(40)])
    for n in range(40):
        dollars = 90 + n * 7 % 9 * 5
        menu = [offer(dollars, service="Massage"), offer(dollars + 5, service="Deep tissue", modality="deep_tissue")]
        crawl.saw(f"c{n:02}", [*menu, offer(dollars + n % 3 * 5, service="NMT", modality="neuromuscular_therapy")])
    crawl.write()
    build(data)


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "docs").glob("*.md")))
def test_commands_print_what_the_documents_show(name):
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    with workplace(name):
        assert renewed(text) == text, f"renew docs/{name}: python -m tests.test_docs"


if __name__ == "__main__":
    for document in (ROOT / "docs").glob("*.md"):
        with workplace(document.name):
            fresh = renewed(document.read_text(encoding="utf-8"))
        document.write_text(fresh, encoding="utf-8")
    path = ROOT / "docs" / "settings.md"
    head, _, rest = path.read_text(encoding="utf-8").partition("<!-- settings -->")
    _, mark, tail = rest.partition("<!-- /settings -->")
    path.write_text(f"{head}<!-- settings -->\n{settings_table()}\n{mark}{tail}", encoding="utf-8")
