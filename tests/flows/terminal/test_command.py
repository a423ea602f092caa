"""Exit codes, messages, help: what a person and a program get from the command."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from flows.terminal import commands
from flows.terminal.command import make_command, run
from tasks.errors import CallError, ErrorMessage, FolderHeld, VerificationFailed
from tasks.words import Words

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def in_indonesian(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


def _said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run(list(arguments))
    out, err = capsys.readouterr()
    return code, out, err


def test_help_teaches_with_examples_in_indonesian(capsys):
    code, out, _ = _said(capsys, "--help")
    assert (code, "Mulai di sini" in out, "kipp check kipp-2022" in out) == (0, True, True)


def test_help_is_in_english_where_the_machine_is(capsys, monkeypatch):
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert "Start here" in _said(capsys, "--help")[1]


@pytest.mark.parametrize("name", commands.COMMANDS)
def test_every_command_has_help_with_an_example(capsys, name):
    code, out, _ = _said(capsys, name, "--help")
    assert (code, f"kipp {name} " in out, "flows." in out) == (0, True, False)


def test_help_comes_at_once():
    code = (
        "import sys\nfrom flows.terminal import command\ncommand.run(['--help'])\n"
        "print(sorted({'pandas', 'prefect', 'great_expectations', 'weasyprint', 'pydantic'} & "
        "set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_command_is_begun_without_reading_the_catalogue(monkeypatch):
    monkeypatch.setattr("tasks.words._texts_by_message", lambda language: pytest.fail("read"))
    with pytest.raises(CallError):
        make_command(Words("id")).main(
            args=["check", "nowhere"], prog_name="kipp", standalone_mode=False
        )


def test_a_wrong_call_is_2_and_says_how_to_go_on(capsys):
    for arguments in (
        ["run"],
        ["fly"],
        ["run", "x", "--fast"],
        ["report", "x", "y", "--format", "docx"],
    ):
        code, out, err = _said(capsys, *arguments)
        assert (code, out, "--help" in err) == (2, "", True)


def test_a_folder_that_is_not_there_is_2_and_says_how_to_make_one(capsys, tmp_path):
    code, _, err = _said(capsys, "run", str(tmp_path / "kipp"))
    assert (code, "kipp new" in err) == (2, True)


def test_wrong_rules_are_2_each_with_its_key_and_nothing_is_written(capsys, folder):
    rules = folder / "competition.toml"
    rules.write_text(
        rules.read_text()
        .replace('language = "id"', 'language = "en"')
        .replace("weight = 30", 'weight = "x"')
        .replace("scale =", "scales =")
    )
    before = sorted(folder.rglob("*"))
    code, _, err = _said(capsys, "run", str(folder))
    assert (
        code,
        "phases[proposal].criteria[x].weight" in err,
        "phases[proposal].scales" in err,
    ) == (
        2,
        True,
        True,
    )
    assert sorted(folder.rglob("*")) == before


def test_a_time_that_cannot_be_is_2_in_the_competitions_language(capsys, folder):
    code, _, err = _said(capsys, "run", str(folder), "--as-of", "besok")
    remedy = "Tulis tanggal seperti 2022-05-15, atau tanggal dan jam seperti 2022-05-15T13:00."
    assert (code, err) == (2, f"--as-of: “besok” bukan waktu. {remedy}\n")


def test_a_critical_finding_is_3_for_check_and_nothing_is_published(capsys, folder):
    (folder / "agencies.csv").write_text("nama\nDinas Alfa\n")
    code, out, _ = _said(capsys, "check", str(folder))
    assert (code, "agencies.csv" in out, (folder / "published" / "current").exists()) == (
        3,
        True,
        False,
    )


def test_check_prints_json_for_a_program(capsys, folder):
    code, out, _ = _said(capsys, "check", str(folder), "--json", "--as-of", "2022-05-15")
    values = json.loads(out)
    assert (code, values["withheld"], values["as_of"]) == (0, False, "2022-05-15T23:59:59+07:00")
    assert [
        (f["rule"], f["source"], f["row"])
        for f in values["findings"]
        if f["severity"] == "error" and f["rule"] == "late"
    ] == [("late", "submissions/formulir.csv", "5")]
    assert [(e["source"], e["delivered"]) for e in values["exports"]] == [
        ("submissions/formulir.csv", "4"),
        ("scores/proposal/nilai.csv", "3"),
    ]


def test_check_writes_a_page_and_rewrites_the_bureaus(capsys, folder, tmp_path):
    code, out, _ = _said(capsys, "check", str(folder), "--html", str(tmp_path / "temuan.html"))
    assert (code, "Terlambat" in (tmp_path / "temuan.html").read_text() or "late" in out) == (
        0,
        True,
    )
    assert json.loads((folder / "published" / "checked.json").read_text())["state"] == "checked"
    assert (folder / "published" / "index.html").is_file()


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (VerificationFailed(ErrorMessage("flows.code_unknown", "", {"code": "X"})), 4),
        (
            FolderHeld(
                ErrorMessage(
                    "flows.folder_held", "kipp", {"process": 7, "host": "pc", "minutes": 3}
                )
            ),
            5,
        ),
    ],
)
def test_every_kind_of_error_has_its_exit_code(capsys, folder, monkeypatch, error, code):
    def fail(*_):
        raise error

    monkeypatch.setattr("flows.prefect.run_now.launch_night", fail)
    assert _said(capsys, "run", str(folder))[0] == code


def test_a_defect_is_1_with_an_apology_and_a_log_and_no_traceback(capsys, folder, monkeypatch):
    def fail(*_):
        raise ZeroDivisionError("planted")

    monkeypatch.setattr("flows.prefect.run_now.launch_night", fail)
    code, _, err = _said(capsys, "run", str(folder))
    log = Path(next(word for word in err.split() if word.endswith(".log")))
    assert (code, "Traceback" in err, "planted" in log.read_text()) == (1, False, True)
    log.unlink()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_a_disk_that_is_full_or_may_not_be_written_is_2_and_names_the_file(
    capsys, folder, monkeypatch, number
):
    def fail(*_):
        raise OSError(number, os.strerror(number), "/kipp/.kipp/raw")

    monkeypatch.setattr("flows.prefect.run_now.launch_night", fail)
    code, _, err = _said(capsys, "run", str(folder))
    sentence = f"/kipp/.kipp/raw: Berkas tidak dapat dibaca atau ditulis ({os.strerror(number)})"
    assert (code, err.startswith(sentence)) == (2, True)


def test_an_interrupted_run_says_that_what_is_published_stands(capsys, folder, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("flows.prefect.run_now.launch_night", stop)
    code, _, err = _said(capsys, "run", str(folder))
    assert (code, err) == (130, "Dihentikan. Yang sudah terbit tetap seperti semula.\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "{folder}"],
        ["run", "{folder}"],
        ["report", "{folder}", "proposal"],
        ["sheets", "{folder}", "proposal"],
        ["explain", "{folder}", "Lentera"],
        ["archive", "{folder}"],
        ["verify", "{folder}", "AAAAA-AAAAA"],
        ["new", "{folder}-2", "--from", "{folder}"],
        ["serve", "{folder}"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_every_command_opens_remote_storages_with_the_block_that_the_environment_names(
    capsys, folder, monkeypatch, arguments
):
    def options():
        raise CallError(ErrorMessage("sources.block_absent", "KIPP_STORAGE_BLOCK", {"block": "x"}))

    monkeypatch.setattr("flows.prefect.credentials.storage_options", options)
    monkeypatch.setattr("flows.prefect.serve.storage_options", options)
    with (folder / "competition.toml").open("a") as rules:
        rules.write('[storage]\npublished = "memory://published"\n')
    code, _, err = _said(capsys, *(argument.format(folder=folder) for argument in arguments))
    assert (code, err.startswith("KIPP_STORAGE_BLOCK: ")) == (2, True)


def test_new_makes_a_folder_that_check_can_read(capsys, tmp_path):
    assert _said(capsys, "new", str(tmp_path / "lomba"))[0] == 0
    assert _said(capsys, "check", str(tmp_path / "lomba"))[0] == 0


@pytest.mark.parametrize(
    ("arguments", "indonesian", "english"),
    [
        ([], "perintah belum disebutkan.", "the command is missing."),
        (["fly"], "tidak ada perintah “fly”.", "there is no command “fly”."),
        (["f'y"], "tidak ada perintah “f'y”.", "there is no command “f'y”."),
        (
            ["chek"],
            "tidak ada perintah “chek”; mungkin maksudnya “check”.",
            "there is no command “chek”; perhaps you meant “check”.",
        ),
        (["run"], "DIR belum disebutkan.", "DIR is missing."),
        (
            ["run", "x", "--fast"],
            "tidak ada opsi --fast; mungkin maksudnya --as-of.",
            "there is no option --fast; perhaps you meant --as-of.",
        ),
        (["run", "x", "--zzz"], "tidak ada opsi --zzz.", "there is no option --zzz."),
        (
            ["run", "x", "--as-of"],
            "opsi --as-of harus diikuti nilainya.",
            "option --as-of must be followed by its value.",
        ),
        (
            ["check", "x", "--json=3"],
            "opsi --json tidak diikuti nilai.",
            "option --json takes no value.",
        ),
        (["check", "x", "y", "z"], "terlalu banyak argumen: y z.", "too many arguments: y z."),
        (
            ["report", "x", "y", "--format", "docx"],
            "“docx” bukan nilai untuk --format; pilih salah satu: pdf, html, xlsx, csv.",
            "“docx” is no value for --format; choose one of: pdf, html, xlsx, csv.",
        ),
        (
            ["serve", "x", "--port", "acht"],
            "nilai untuk --port harus bilangan bulat.",
            "the value for --port must be a whole number.",
        ),
    ],
)
def test_what_is_wrong_with_a_call_is_said_in_the_language_of_the_rest(
    capsys, monkeypatch, arguments, indonesian, english
):
    assert _said(capsys, *arguments) == (
        2,
        "",
        (
            f"Perintah keliru atau belum lengkap: {indonesian} Tambahkan --help untuk melihat cara "
            f"memakainya.\n"
        ),
    )
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert _said(capsys, *arguments) == (
        2,
        "",
        f"The call is wrong or incomplete: {english} Add --help to see how it is used.\n",
    )


@pytest.mark.parametrize("name", [None, *commands.COMMANDS])
def test_help_in_indonesian_has_no_english_of_the_library(capsys, name):
    _, out, _ = _said(capsys, *([name] if name else []), "--help")
    english = (
        "Usage",
        "Options",
        "Arguments",
        "Commands",
        "COMMAND",
        "OPTIONS",
        "Show this",
        "required",
        "default",
    )
    assert [word for word in (*english, "<path>", "<str>", "<int>", "<list") if word in out] == []
    assert (out.startswith("Cara pakai: kipp"), "Tampilkan bantuan ini" in out) == (True, True)


def test_mistakes_in_the_rules_are_in_lines_that_fit_the_terminal(capsys, folder, monkeypatch):
    rules = folder / "competition.toml"
    misspelt = (
        rules.read_text()
        .replace("timezone =", "langauge = 'id'\ntimezone =")
        .replace("Jakarta", "Jakrta")
    )
    rules.write_text(misspelt)
    monkeypatch.setenv("COLUMNS", "60")
    code, _, err = _said(capsys, "check", str(folder))
    lines = err.splitlines()
    assert (code, [line for line in lines if len(line) > 60]) == (2, [])
    starts = [line.split(" ")[0] for line in lines if not line.startswith("  ")]
    assert starts == ["competition.toml:3:", "competition.toml:4:"]


def _alone(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, under these variables."""
    code = "from flows.terminal import command; command.main()"
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=kept | environment,
    )


def test_a_terminal_of_plain_letters_is_given_plain_letters(folder):
    process = _alone("check", str(folder), PYTHONIOENCODING="ascii", LANG="C")
    wrong = _alone("fly", PYTHONIOENCODING="ascii", LANG="C")
    assert (
        process.returncode,
        process.stderr,
        "->" in process.stdout,
        process.stdout.isascii(),
    ) == (
        0,
        "",
        True,
        True,
    )
    assert (wrong.returncode, 'tidak ada perintah "fly".' in wrong.stderr) == (2, True)


def test_json_is_utf_8_whatever_the_terminal_writes(folder):
    (folder / "inbox/submissions/formulir.csv").write_text(
        "Timestamp,Judul inovasi,Perangkat daerah,Kategori\n01/03/2022 09:00:00,Lentera,Dinas "
        "Café,Satu\n"
    )
    code = "from flows.terminal import command; command.main()"
    process = subprocess.run(
        [sys.executable, "-c", code, "check", str(folder), "--json"],
        capture_output=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
    )
    assert "Dinas Café" in [
        finding["value"] for finding in json.loads(process.stdout.decode("utf-8"))["findings"]
    ]


@pytest.mark.parametrize(
    "arguments", [["--help"], ["check", "{folder}"], ["check", "{folder}", "--json"]]
)
def test_one_who_stops_reading_is_no_defect(folder, arguments):
    code = "from flows.terminal import command; command.main()"
    call = [argument.format(folder=folder) for argument in arguments]
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-c", code, *call]
    process = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    os.close(writer)
    assert (process.returncode, process.stderr) == (0, "")
