"""The command line as people use it: data on stdout, talk on stderr, exit status, messages that say what to do."""

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import REGISTRY_HEAD


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The data folder of one demo run, and what it printed."""
    import os
    import subprocess
    import sys

    folder = tmp_path_factory.mktemp("demo")
    done = subprocess.run([sys.executable, "-m", "ratecard", "demo"], cwd=folder, capture_output=True, text=True, timeout=90,
                          env={**os.environ, "PYTHONPATH": str(Path.cwd())})  # fmt: skip
    return folder, done


def test_demo_prints_the_figure_where_the_file_is_and_what_next(demo):
    folder, done = demo
    assert done.returncode == 0, done.stderr
    line = next(line for line in done.stdout.splitlines() if "Calgary and Edmonton" in line)
    assert line.split()[5:8] == ["B", "$100", "$85-$120"]
    assert " 14 " in line
    assert "data/ratecard.duckdb" in done.stderr
    assert "ratecard figures --modality nmt" in done.stderr
    assert (folder / "data" / "ratecard.duckdb").exists()


def test_figures_in_every_format(ratecard, demo):
    folder, _ = demo
    asked = ("figures", "--modality", "nmt", "--minutes", "60", "--region", "Calgary", "--region", "Edmonton")
    told = json.loads(ratecard(*asked, "--format", "json", cwd=folder).stdout)
    (row,) = told["rows"]
    assert (row["typical_low_cents"], row["typical_high_cents"], row["n"]) == (8_500, 12_000, 14)
    assert "10th to the 90th percentile" in told["definition"]
    assert "| Calgary and Edmonton" in ratecard(*asked, "--format", "md", cwd=folder).stdout
    head, line, *_ = ratecard(*asked, "--format", "csv", cwd=folder).stdout.splitlines()
    assert dict(zip(head.split(","), line.split(","), strict=False))["n"] == "14"
    assert len(ratecard("figures", "--format", "csv", cwd=folder).stdout.splitlines()) > 50


def test_build_export_twice_is_byte_identical(ratecard, demo, tmp_path):
    folder = tmp_path / "copy"
    shutil.copytree(demo[0], folder)
    written = []
    for name in ("one", "two"):
        assert ratecard("build", cwd=folder).returncode == 0
        assert ratecard("export", "--to", name, cwd=folder).returncode == 0
        written.append({path.name: path.read_bytes() for path in (folder / name).iterdir()})
    assert written[0] == written[1]
    assert "prices.parquet" in written[0]


def test_reread_from_the_archive_gives_the_same(ratecard, demo, tmp_path):
    folder = tmp_path / "copy"
    shutil.copytree(demo[0], folder)
    query = ("sql", "select service, cents, snippet from current_prices order by all", "--format", "csv")
    before = ratecard(*query, cwd=folder).stdout
    assert ratecard("build", "--reread", cwd=folder).returncode == 0
    assert ratecard(*query, cwd=folder).stdout == before


def test_a_new_synonym_is_one_word_and_reads_all_history_again(ratecard, demo, tmp_path):
    folder, code = tmp_path / "copy", tmp_path / "code"
    shutil.copytree(demo[0], folder)
    for room in ("crawlers", "pipelines", "warehouse", "reports", "ratecard"):
        shutil.copytree(Path(room).absolute(), code / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy("ratecard_settings.py", code)
    query = ("sql", "select distinct modality from prices where service like '%Ben%Lena%'", "--format", "csv")
    assert ratecard(*query, cwd=folder).stdout.splitlines()[1:] == ["massage_therapy"]
    taxonomy = code / "pipelines" / "modalities.csv"
    text = taxonomy.read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith("deep_tissue,"))
    taxonomy.write_text(text.replace(row, row.replace("deep tissue", "deep tissue|ben lena", 1)), encoding="utf-8")
    built = ratecard("build", cwd=folder, env={"PYTHONPATH": str(code)})
    assert built.returncode == 0, built.stderr
    assert ratecard(*query, cwd=folder).stdout.splitlines()[1:] == ["deep_tissue"]


def test_forbidden_hidden_and_old_prices_never_show_up(ratecard, demo):
    query = (
        "select count(*) from prices where url like '%private%' "
        "or (location_id = 'gaetz-therapy' and cents in (4100, 6200)) or (location_id = 'badlands-bodywork' and cents in (5500, 8000))"
    )
    assert ratecard("sql", query, "--format", "csv", cwd=demo[0]).stdout.splitlines()[1] == "0"


def test_sql_reads_and_does_nothing_else(ratecard, demo):
    folder, _ = demo
    for statement in ("drop table prices", "copy prices to 'x.csv'", "from read_csv('/etc/passwd')", "attach 'x.db'",
                      "set enable_external_access = true", "selec 1"):  # fmt: skip
        done = ratecard("sql", statement, cwd=folder)
        assert done.returncode == 3, statement
        assert done.stderr.startswith("error:")


def test_review_and_status_and_clinics(ratecard, demo):
    folder, _ = demo
    assert "Tips are welcome" in ratecard("review", "rejections", "--format", "csv", cwd=folder).stdout
    assert "audience: student" in ratecard("review", "abstaining", "--format", "csv", cwd=folder).stdout
    assert "voting" in ratecard("status", cwd=folder).stdout
    assert ratecard("clinics", "check", cwd=folder).returncode == 0
    assert "website" in ratecard("clinics", "list", "--format", "csv", cwd=folder).stdout.splitlines()[0]


def test_extract_keeps_its_contract(ratecard, tmp_path):
    page = tmp_path / "rates.html"
    page.write_text("<h2>NMT</h2><p>60 min from $95 + GST</p><p>Take $15 off when a neighbour comes along.</p>")
    line = json.loads(ratecard("extract", str(page), "--format", "jsonl").stdout)
    (offer,) = line["offers"]
    assert line["page"] == "rates"
    assert {"service", "minutes", "minutes_min", "price", "price_max", "sale_price", "currency", "category", "modality",
            "modalities", "tax", "audience", "from", "confidence", "evidence", "reader"} == set(offer)  # fmt: skip
    assert (offer["minutes"], offer["price"], offer["from"], offer["tax"]) == (60, 95, True, "plus_gst")
    assert offer["modality"] == "neuromuscular_therapy"
    assert line["rejections"] == [{"text": "Take $15 off when a neighbour comes along.",
                                   "reason": "a discount or credit, not a price"}]  # fmt: skip
    told = ratecard("extract", str(page), "--explain").stdout
    assert "“60 min from $95 + GST”" in told
    assert "no vote: a from-price" in told


def test_extract_reads_folders_warcs_and_goes_on_past_a_bad_file(ratecard, demo, tmp_path):
    (warc,) = (demo[0] / "data" / "crawls").glob("*/pages.warc.gz")
    assert len(ratecard("extract", str(warc), "--format", "jsonl").stdout.splitlines()) == 45
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "good.html").write_text("<p>Massage 60 min $90</p>")
    (tmp_path / "pages" / "bad.html").write_bytes(b"%PDF-1.7")
    done = ratecard("extract", str(tmp_path / "pages"), "--format", "jsonl")
    assert len(done.stdout.splitlines()) == 1
    assert done.returncode == 1
    assert "bad.html: a PDF" in done.stderr


@pytest.mark.parametrize(
    ("args", "status", "said"),
    [
        (["extract", "missing.html"], 2, "missing.html: no such file or folder"),
        (["extract", "empty"], 2, "a folder without pages"),
        (["extract", "menu.pdf"], 2, "a PDF; Ratecard reads HTML and text only"),
        (["extract", "blank.html"], 2, "an empty page"),
        (["extract", "blank.html", "--format", "xml"], 2, "use jsonl or table"),
        (["clinics", "check", "twice.csv"], 2, "twice.csv:3: id 'a' stands twice"),
        (["clinics", "check", "twice.csv"], 2, "did you mean Edmonton"),
        (["crawl", "--clinics", "twice.csv"], 3, "stands twice"),
        (["figures"], 3, "run `ratecard build`"),
        (["build"], 3, "no closed crawl"),
        (["figures", "--wrong"], 2, "No such option"),
    ],
)
def test_bad_input_gets_a_clear_word_and_the_right_status(ratecard, tmp_path, args, status, said):
    (tmp_path / "empty").mkdir()
    (tmp_path / "menu.pdf").write_bytes(b"%PDF-1.7 ...")
    (tmp_path / "blank.html").write_text("  \n")
    (tmp_path / "twice.csv").write_text(
        REGISTRY_HEAD + "a,A,Calgary,AB,,,https://a.example/,,,t\na,A,Edmonten,AB,,,https://b.example/,,,t\n"
        "c,C,Edmontown,AB,,,https://c.example/,,,t\n"
    )
    done = ratecard(*args)
    assert said in done.stderr
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--modality", "nuromuscular"], "neuromuscular_therapy"),
        (["--region", "Calgery"], "Calgary"),
        (["--minutes", "61"], "published lengths are"),
    ],
)
def test_unknown_names_are_suggested(ratecard, demo, args, said):
    done = ratecard("figures", *args, cwd=demo[0])
    assert done.returncode == 2
    assert said in done.stderr


def test_settings_with_a_typing_error_are_refused(ratecard, tmp_path):
    (tmp_path / "ratecard.toml").write_text('kontact = "a@b.example"\n')
    done = ratecard("status")
    assert done.returncode == 2
    assert "kontact" in done.stderr


def test_every_command_has_help_with_an_example(ratecard):
    for command in ("crawl", "build", "extract", "figures", "sql", "export", "review", "status", "demo"):
        told = ratecard(command, "--help").stdout
        assert f"ratecard {command}" in told, command
