"""``ratecard guide`` as people run it, on articles and against a warehouse made here."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ratecard.front import app
from tests.warehouse.factories import Crawl, clinic, offer
from warehouse.build import build

HERE = Path(__file__).parent
SEED = Path(__file__).parents[4] / "shared" / "seeds" / "nmt-guide.txt"
KEYS = ["file", "line", "column", "text", "modality", "minutes", "low", "high", "average", "regions", "currency", "tax"]
KEYS += ["verdict", "figure", "suggestion"]
STALE = (
    "---\ntitle: 'NMT in Calgary'   # the main one\nupdated: 2026-01-26\n---\n# NMT\r\n\r\nExpect $60–$80 an hour.\r\n"
)


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose warehouse holds 24 clinics: NMT, 60 minutes, typically $85 to $120, in Calgary and Edmonton."""
    folder = tmp_path_factory.mktemp("data")
    prices = (85, 85, 90, 95, 100, 100, 105, 105, 110, 115, 120, 120)
    cells = {
        f"{city[:3].lower()}{n}": (city, price) for city in ("Calgary", "Edmonton") for n, price in enumerate(prices)
    }
    crawl = Crawl(folder, 1, [clinic(name, city) for name, (city, _) in cells.items()])
    for name, (_, price) in cells.items():
        crawl.saw(name, [offer(price, service="NMT", modality="neuromuscular_therapy")])
    crawl.write()
    build(folder)
    return folder


@pytest.fixture(autouse=True)
def _at_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*args: object, data: Path | None = None, **options: object) -> Result:
    given = [str(arg) for arg in args] + (["--data", str(data)] if data else [])
    return CliRunner().invoke(app, ["guide", *given], **options)  # type: ignore[arg-type]


def test_stale_and_consistent(data: Path, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# NMT in Calgary\n\nAn hour costs $85 to $120.\n")
    done = run("check", "a.md", data=data)
    assert done.exit_code == 0, done.output
    assert "a.md:3:15: consistent: An hour costs $85 to $120." in done.stdout
    (tmp_path / "b.md").write_text("# NMT in Calgary\n\nAn hour costs $60 to $80.\n")
    done = run("check", "a.md", "b.md", data=data)
    assert done.exit_code == 1
    assert "b.md:3:15: too low" in done.stdout
    assert "write: An hour costs $85 to $120." in done.stdout
    assert "8 in 10 of the 12 Calgary clinics" in done.stdout
    assert "covers 0% of the 12 clinics checked" in done.stdout
    assert "2 files, 2 claims: 1 stale, 1 consistent" in done.stderr


def test_json_has_the_keys_that_programs_expect(data: Path, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("An hour of NMT in Calgary costs $60.50 to $80 + GST.\n\nA massage costs $95.\n")
    first, second = json.loads(run("check", "a.md", "--format", "json", data=data).stdout)
    assert list(first) == list(second) == KEYS
    assert [first[key] for key in KEYS[:13]] == [
        "a.md", 1, 33, "An hour of NMT in Calgary costs $60.50 to $80 + GST.", "neuromuscular_therapy", 60, 60.5, 80, None,
        ["Calgary"], "CAD", "excluded", "too low",
    ]  # fmt: skip
    assert first["suggestion"] == "An hour of NMT in Calgary costs $85.00 to $120 + GST."
    assert (first["figure"]["low"], first["figure"]["high"], first["figure"]["n"]) == (85, 120, 12)
    assert (second["verdict"], second["figure"], second["suggestion"]) == ("cannot check", None, None)
    assert (second["average"], second["regions"], second["low"]) == (95, [], None)


def test_without_a_warehouse_claims_are_listed(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("An hour of NMT in Calgary costs $60 to $80.")
    done = run("check", "a.md", "--format", "json")
    assert done.exit_code == 0
    (row,) = json.loads(done.stdout)
    assert (row["verdict"], row["figure"], row["low"]) == ("cannot check", None, 60)
    assert "there is no warehouse" in done.stderr
    assert run("refresh", "a.md", "--write").exit_code == 3
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "ratecard.duckdb").write_bytes(b"no database")
    assert run("check", "a.md").exit_code == 3


def test_sarif_and_annotations(data: Path, tmp_path: Path) -> None:
    (tmp_path / "a, b%.md").write_text(
        "An hour of NMT in Calgary costs $60 to $80.\n\nAn hour of NMT in Banff costs $60."
    )
    log = json.loads(run("check", "a, b%.md", "--format", "sarif", data=data).stdout)
    assert log["version"] == "2.1.0"
    (result, other) = log["runs"][0]["results"]
    assert (result["ruleId"], result["level"], other["kind"]) == ("price-claim/too-low", "warning", "open")
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"], region["endColumn"]) == (1, 33, 43)
    rules = {rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]}
    assert {result["ruleId"], other["ruleId"]} <= rules
    warning, notice = run("check", "a, b%.md", "--format", "github", data=data).stdout.splitlines()
    assert warning.startswith("::warning file=a%2C b%25.md,line=1,col=33,title=Price claim too low::too low: ")
    assert notice.startswith("::notice file=")


def test_refresh_shows_a_diff_writes_and_is_idempotent(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(STALE.encode())
    path.chmod(0o640)
    shown = run("refresh", "a.md", "--updated", "2026-11-21", data=data)
    assert shown.exit_code == 1
    assert "-Expect $60–$80 an hour." in shown.stdout
    assert "+Expect $85–$120 an hour." in shown.stdout
    assert path.read_bytes() == STALE.encode()
    written = run("refresh", "a.md", "--updated", "2026-11-21", "--write", data=data)
    assert written.exit_code == 0, written.output
    assert path.read_bytes().decode() == STALE.replace("$60–$80", "$85–$120").replace("2026-01-26", "2026-11-21")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    before = path.stat().st_mtime_ns
    assert run("refresh", "a.md", "--write", data=data).stdout == ""
    assert path.stat().st_mtime_ns == before
    assert [found.name for found in tmp_path.iterdir()] == ["a.md"]


@pytest.mark.parametrize("old", ["$85 to $120", "$60 to $80"])
@pytest.mark.skipif(not SEED.exists(), reason="the seed guide is not here")
def test_the_seed_guide(data: Path, tmp_path: Path, old: str) -> None:
    """Right as it is; and made old, it comes back as it was, but for the date."""
    seed = SEED.read_bytes()
    path = tmp_path / "nmt.txt"
    path.write_bytes(seed.replace(b"$85 to $120", old.encode()))
    done = run("refresh", path, "--write", "--updated", "2026-11-21", data=data)
    assert done.exit_code == 0, done.output
    today = seed if old == "$85 to $120" else seed.replace(b"Updated: 2026-01-26", b"Updated: 2026-11-21")
    assert path.read_bytes() == today


def test_a_page_changes_in_its_numbers_and_its_date_alone(data: Path, tmp_path: Path) -> None:
    page = (HERE / "articles" / "nmt.html").read_bytes()
    path = tmp_path / "nmt.html"
    path.write_bytes(page)
    assert run("refresh", path, "--write", data=data).exit_code == 0
    assert path.read_bytes() == page
    path.write_bytes(
        page.replace(b"<strong>$85</strong> to&nbsp;$<em>120</em>", b"<strong>$60</strong> to&nbsp;$<em>80</em>")
    )
    assert run("refresh", path, "--write", "--updated", "2026-11-05", data=data).exit_code == 0
    expected = page.replace(b'2026-01-26">January 26, 2026', b'2026-11-05">November 5, 2026')
    assert path.read_bytes() == expected


def test_what_cannot_be_checked_or_is_vouched_for_is_never_touched(data: Path, tmp_path: Path) -> None:
    text = (
        "An hour of NMT in Banff costs $5 to $600, in Toronto $60.\n\nAn hour of NMT in Calgary costs $10. "
        "<!-- rate: ignore our own clinic -->\n\nUpdated: 2020-01-01\n"
    )
    (tmp_path / "a.md").write_text(text)
    assert run("refresh", "a.md", "--write", data=data).exit_code == 0
    assert (tmp_path / "a.md").read_text() == text
    shown = run("check", "a.md", data=data).stdout
    assert "ignored" in shown
    assert "because: our own clinic" in shown


def test_folders_globs_and_stdin(data: Path, tmp_path: Path) -> None:
    for name in ("b/one.md", "b/deep/two.html", "b/three.txt", "b/.git/four.md", "b/node_modules/five.md", "b/six.png"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("An hour of NMT in Calgary costs $85 to $120.")
    names = [row["file"] for row in json.loads(run("check", "b", "--format", "json", data=data).stdout)]
    assert names == [str(Path("b", name)) for name in ("one.md", "three.txt", "deep/two.html")]
    names = [
        row["file"]
        for row in json.loads(run("check", "b/**/*.html", "b/one.md", "b", "--format", "json", data=data).stdout)
    ]
    assert len(names) == len(set(names)) == 3
    piped = run("check", "-", data=data, input="<p>An hour of NMT in Calgary costs $60 to $80.</p>")
    assert piped.exit_code == 1
    assert "-:1:36: too low" in piped.stdout
    assert run("refresh", "-", data=data, input="NMT in Calgary costs $60 to $80 an hour.\r\n").stdout_bytes == (
        b"NMT in Calgary costs $85 to $120 an hour.\r\n"
    )


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["check", "missing.md"], "missing.md: no such file or folder"),
        (["check", "*.html"], "*.html: no file matches"),
        (["check", "empty"], "a folder without Markdown, HTML or text files"),
        (["check", "binary.md"], "binary.md: a binary file"),
        (["check", "huge.md"], "huge.md: larger than 5 MB"),
        (["check"], "Missing argument"),
        (["check", "a.md", "--format", "xml"], "xml"),
        (["refresh", "missing.md"], "missing.md: no such file or folder"),
        (["sentence", "--modality", "nmtt", "--region", "Calgary"], "no modality is called"),
        (["sentence", "--modality", "nmt", "--region", "Calgarry"], "did you mean Calgary"),
    ],
)
def test_wrong_use_gets_a_clear_word(data: Path, tmp_path: Path, args: list[str], said: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "binary.md").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (tmp_path / "huge.md").write_bytes(b"x" * 5_000_001)
    done = run(*args, data=data)
    assert done.exit_code == 2, done.output
    assert said in done.stderr


def test_a_bad_file_in_a_folder_does_not_hide_the_others(data: Path, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "a.md").write_bytes(b"\0\0")
    (tmp_path / "b" / "b.md").write_text("An hour of NMT in Calgary costs $60 to $80.")
    done = run("check", "b", data=data)
    assert done.exit_code == 1
    assert "b/b.md:1:33: too low" in done.stdout
    assert "a binary file" in done.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_may_not_be_read_is_told(data: Path, tmp_path: Path) -> None:
    (tmp_path / "b" / "closed").mkdir(parents=True)
    (tmp_path / "b" / "a.md").write_text("Hello.")
    (tmp_path / "b" / "closed").chmod(0)
    done = run("check", "b", data=data)
    (tmp_path / "b" / "closed").chmod(0o700)
    assert done.exit_code == 1
    assert "b/closed: Permission denied" in done.stderr


def test_a_folder_that_cannot_be_listed_is_told(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "b" / "closed").mkdir(parents=True)
    (tmp_path / "b" / "a.md").write_text("Hello.")
    real = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    done = run("check", "b", data=data)
    assert done.exit_code == 1
    assert "b/closed: Permission denied" in done.stderr


def test_one_file_that_cannot_be_written_stops_no_other(data: Path, tmp_path: Path) -> None:
    for name in ("a.md", "b.md", "c.md"):
        (tmp_path / name).write_text("An hour of NMT in Calgary costs $60 to $80.")
    (tmp_path / "b.md").chmod(0o444)
    done = run("refresh", "a.md", "b.md", "c.md", "--write", data=data)
    assert done.exit_code == 3
    assert "b.md: it is read-only; nothing was written" in done.stderr
    texts = [(tmp_path / name).read_text() for name in ("a.md", "b.md", "c.md")]
    assert ["$85 to $120" in text for text in texts] == [True, False, True]
    assert stat.S_IMODE((tmp_path / "b.md").stat().st_mode) == 0o444


def test_a_character_that_the_encoding_has_not_is_told(data: Path, tmp_path: Path) -> None:
    text = "\x81 Expect <!-- rate: nmt 60 calgary range -->&ndash;<!-- /rate -->.".encode("latin-1")
    (tmp_path / "a.html").write_bytes(text)
    done = run("refresh", "a.html", "--write", data=data)
    assert done.exit_code == 3
    assert "a.html: its encoding is latin-1" in done.stderr
    assert (tmp_path / "a.html").read_bytes() == text


@pytest.mark.parametrize("mark", ["<!-- rate: nmt 60 calgary -->x", "<!-- rate: nmt 37 calgary -->x<!-- /rate -->"])
def test_a_broken_mark_needs_a_person(data: Path, tmp_path: Path, mark: str) -> None:
    (tmp_path / "a.md").write_text(f"{mark}\n")
    assert run("check", "a.md", data=data).exit_code == 1
    done = run("refresh", "a.md", "--write", data=data)
    assert done.exit_code == 1
    assert "by hand: a.md:1:" in done.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_may_not_be_written(data: Path, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "a.md").write_text("An hour of NMT in Calgary costs $60 to $80.")
    (tmp_path / "b").chmod(0o500)
    assert run("refresh", "b/a.md", "--write", data=data).exit_code == 3


def test_a_link_stays_a_link(data: Path, tmp_path: Path) -> None:
    (tmp_path / "real.md").write_text("An hour of NMT in Calgary costs $60 to $80.")
    (tmp_path / "link.md").symlink_to("real.md")
    assert run("refresh", "link.md", "--write", data=data).exit_code == 0
    assert (tmp_path / "link.md").is_symlink()
    assert "$85 to $120" in (tmp_path / "real.md").read_text()


def test_site_settings(data: Path, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("An hour of NMT costs $70 to $105.")
    (tmp_path / "ratecard.toml").write_text(f'data_dir = "{data}"\nguide_region = "Calgary"\n')
    assert run("check", "a.md").exit_code == 1
    (tmp_path / "ratecard.toml").write_text(
        f'data_dir = "{data}"\nguide_region = "Calgary"\nguide_tolerance_dollars = 20\n'
    )
    assert run("check", "a.md").exit_code == 0
    assert "cannot check" in run("check", "a.md", "--region", "Banff").stdout
    (tmp_path / "ratecard.toml").write_text("guide_tolerance_dollars = -1\n")
    assert run("check", "a.md").exit_code == 2


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ('guide_region = "Calgarry"', "did you mean Calgary"),
        ('guide_region = "Calgary+Atlantis"', "no place or region of Alberta is called 'Atlantis'"),
        ('guide_currency = "dollars"', "'dollars' is no code of a currency, such as CAD"),
    ],
)
def test_settings_that_mean_nothing_are_refused(data: Path, tmp_path: Path, setting: str, said: str) -> None:
    (tmp_path / "a.md").write_text("An hour of NMT costs $70 to $105.")
    (tmp_path / "ratecard.toml").write_text(f'data_dir = "{data}"\n{setting}\n')
    done = run("check", "a.md")
    assert done.exit_code == 2
    assert said in done.stderr
    assert run("check", "a.md", "--region", "Atlantis").exit_code == 2


def test_numbers_in_words_are_left_to_a_person(data: Path, tmp_path: Path) -> None:
    text = "An hour of NMT in Calgary costs sixty to eighty dollars.\n"
    (tmp_path / "a.md").write_text(text)
    done = run("refresh", "a.md", "--write", data=data)
    assert done.exit_code == 1
    assert "by hand: a.md:1:33: too low" in done.stderr
    assert "write: An hour of NMT in Calgary costs 85 to 120 dollars." in done.stderr
    assert (tmp_path / "a.md").read_text() == text


def test_sentence(data: Path) -> None:
    asked = ("sentence", "--modality", "nmt", "--region", "Calgary", "--region", "Edmonton")
    text = "As of January 2026, 8 in 10 of the 24 Calgary and Edmonton clinics we checked list a 60-minute NMT session at $85 to $120 before GST; the middle price is $102.\n"
    assert run(*asked, data=data).stdout == text
    assert run(*asked, "--format", "web", data=data).stdout.count("\u00a0") >= 3
    assert run(*asked, "--marked", data=data).stdout.startswith(
        "<!-- rate: neuromuscular_therapy 60 Calgary+Edmonton -->As of"
    )
    told = json.loads(run(*asked, "--format", "json", data=data).stdout)
    assert told["text"] == text.strip()
    assert told["figure"]["n"] == 24
    assert run("sentence", "--modality", "nmt", "--region", "Banff", data=data).exit_code == 1
    odd = run(*asked, "--minutes", "37", data=data)
    assert odd.exit_code == 2
    assert "published lengths are 15, 20, 30, 45, 60, 75, 90, 120" in odd.stderr


@pytest.mark.parametrize("form", ["text", "web"])
def test_a_marked_sentence_stays_as_it_was_printed(data: Path, tmp_path: Path, form: str) -> None:
    asked = ("sentence", "--modality", "nmt", "--region", "Calgary", "--marked")
    printed = run(*asked, "--format", form, data=data).stdout
    in_json = json.loads(run(*asked, "--format", "json", data=data).stdout)
    assert in_json[form] == printed.strip()
    for name in ("a.md", "a.html"):
        (tmp_path / name).write_text(printed)
        assert run("check", name, data=data).exit_code == 0
        assert run("refresh", name, data=data).stdout == ""


def test_text_from_guides_cannot_steer_a_terminal(data: Path, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("An hour of NMT in Calgary costs \x1b[31m$60\x1b[0m to $80 \u202e[bold]x[/bold].")
    done = run("check", "a.md", data=data)
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout


def test_claims_are_held_against_a_release(data: Path, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "# NMT\n\nAn hour of NMT in Edmonton and Calgary costs $60 to $80.\n\nIn Banff it is $90.\n"
    )
    made = CliRunner().invoke(app, ["release", "--data", str(data)])
    assert made.exit_code == 0, made.output
    done = run("check", "a.md", "--release", "last", "--format", "json", data=data)
    told = json.loads(done.stdout)
    assert done.exit_code == 1
    assert told[0]["verdict"] == "too low"
    assert told[0]["suggestion"] == "An hour of NMT in Edmonton and Calgary costs $85 to $120."
    assert run("check", "a.md", "--release", "1999-01-01", data=data).exit_code == 3
    run("refresh", "a.md", "--release", "last", "--write", data=data)
    assert "$85 to $120" in (tmp_path / "a.md").read_text()
