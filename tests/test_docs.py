"""The documents name every command and every setting, and say of each what the code says."""

from pathlib import Path

import pytest

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


if __name__ == "__main__":
    path = ROOT / "docs" / "settings.md"
    head, _, rest = path.read_text(encoding="utf-8").partition("<!-- settings -->")
    _, mark, tail = rest.partition("<!-- /settings -->")
    path.write_text(f"{head}<!-- settings -->\n{settings_table()}\n{mark}{tail}", encoding="utf-8")
