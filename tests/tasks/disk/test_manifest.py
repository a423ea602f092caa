"""manifest.json: its shape, and that it reads back as what wrote it."""

import hashlib
import json
from datetime import datetime
from pathlib import Path

from tasks.disk.manifest import (
    InputFile,
    Manifest,
    OutputFile,
    manifest_bytes,
    output_files,
    parse_manifest,
)

MANIFEST = Manifest(
    run="20220515T235959-0123abcd",
    as_of=datetime.fromisoformat("2022-05-15T23:59:59+07:00"),
    accept_vanished=True,
    key="0a",
    states={"pendaftaran": "closed"},
    program="0b",
    versions={"python": "3.11.7"},
    counts={"rows": 3},
    documents=1,
    inputs=(InputFile("inbox/submissions/Jawaban é.csv", "0c"),),
    outputs=(OutputFile("agencies/A1.html", "0d", "AB12"), OutputFile("data/exports.csv", "0e")),
)


def test_a_manifest_reads_back_as_what_wrote_it() -> None:
    assert parse_manifest(manifest_bytes(MANIFEST)) == MANIFEST


def test_the_file_has_the_keys_that_it_always_had_in_their_order() -> None:
    content = manifest_bytes(MANIFEST)
    values = json.loads(content)
    assert list(values.items()) == [
        ("run", "20220515T235959-0123abcd"),
        ("as_of", "2022-05-15T23:59:59+07:00"),
        ("accept_vanished", True),
        ("key", "0a"),
        ("states", {"pendaftaran": "closed"}),
        ("program", "0b"),
        ("versions", {"python": "3.11.7"}),
        ("counts", {"rows": 3}),
        ("documents", 1),
        ("inputs", [{"path": "inbox/submissions/Jawaban é.csv", "sha256": "0c"}]),
        (
            "outputs",
            [
                {"path": "agencies/A1.html", "sha256": "0d", "code": "AB12"},
                {"path": "data/exports.csv", "sha256": "0e"},
            ],
        ),
    ]
    assert content.decode("utf-8") == json.dumps(values, ensure_ascii=False, indent=2) + "\n"


def test_the_outputs_are_every_file_of_the_folder_by_path_and_with_its_code(tmp_path: Path) -> None:
    for name in ("data/b.csv", "a.html", "data/a.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    assert output_files(tmp_path, {"a.html": "AB12"}) == (
        OutputFile("a.html", hashlib.sha256(b"a.html").hexdigest(), "AB12"),
        OutputFile("data/a.csv", hashlib.sha256(b"data/a.csv").hexdigest()),
        OutputFile("data/b.csv", hashlib.sha256(b"data/b.csv").hexdigest()),
    )
