"""The documents name every command and every setting, and say of each what the code says."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ratecard import app
from ratecard_settings import RatecardSettings

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


@pytest.mark.parametrize("command", [c.name or c.callback.__name__ for c in app.registered_commands])
def test_every_command_is_in_the_readme(command):
    assert f"ratecard {command}" in (ROOT / "README.md").read_text(encoding="utf-8") or command == "demo"


CONSOLE = re.compile(r"```console\n(\$ ratecard ([^\n]+)\n)(.*?)```", re.DOTALL)


def renewed(text: str) -> str:
    """A document with the real output of each command that it shows."""
    return CONSOLE.sub(lambda m: f"```console\n{m[1]}{CliRunner().invoke(app, m[2].split()).stdout}```", text)


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "docs").glob("*.md")))
def test_commands_print_what_the_documents_show(name, monkeypatch):
    monkeypatch.chdir(ROOT)
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert renewed(text) == text, f"renew docs/{name}: python -m tests.test_docs"


if __name__ == "__main__":
    for document in (ROOT / "docs").glob("*.md"):
        document.write_text(renewed(document.read_text(encoding="utf-8")), encoding="utf-8")
    path = ROOT / "docs" / "settings.md"
    head, _, rest = path.read_text(encoding="utf-8").partition("<!-- settings -->")
    _, mark, tail = rest.partition("<!-- /settings -->")
    path.write_text(f"{head}<!-- settings -->\n{settings_table()}\n{mark}{tail}", encoding="utf-8")
