"""manifest.json: what a published run says of itself. Read and written here alone."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tasks.disk.cache import file_sha256

MANIFEST_FILE = "manifest.json"


@dataclass(frozen=True)
class InputFile:
    """A file that the run was made from: its path in the competition's folder."""

    path: str
    sha256: str


@dataclass(frozen=True)
class OutputFile:
    """A file of the run: its path in the run; `code` is printed on a document, "" on other
    files.
    """

    path: str
    sha256: str
    code: str = ""


@dataclass(frozen=True)
class Manifest:
    """What a run says of itself.

    `key`: the hash of what makes a night new. `states`: of each phase by its code. `program`: the
    program's fingerprint. `versions`: of each library by its name. `counts`: of rows, innovations
    and findings. `documents`: how many there are. The manifest itself is not among the outputs.
    """

    run: str
    as_of: datetime
    accept_vanished: bool
    key: str
    states: Mapping[str, str]
    program: str
    versions: Mapping[str, str]
    counts: Mapping[str, int]
    documents: int
    inputs: tuple[InputFile, ...]
    outputs: tuple[OutputFile, ...]


def parse_manifest(content: bytes) -> Manifest:
    """The manifest that `manifest_bytes` wrote."""
    values: dict[str, Any] = json.loads(content)
    values["as_of"] = datetime.fromisoformat(values["as_of"])
    values["inputs"] = tuple(InputFile(**file) for file in values["inputs"])
    values["outputs"] = tuple(OutputFile(**file) for file in values["outputs"])
    return Manifest(**values)


def manifest_bytes(manifest: Manifest) -> bytes:
    """manifest.json: UTF-8, two spaces, a line break at the end; a file without a code has no key
    `code`.
    """
    values = vars(manifest) | {
        "as_of": manifest.as_of.isoformat(),
        "inputs": [vars(file) for file in manifest.inputs],
        "outputs": [_output_values(file) for file in manifest.outputs],
    }
    return (json.dumps(values, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _output_values(file: OutputFile) -> dict[str, str]:
    values = {"path": file.path, "sha256": file.sha256}
    return values | {"code": file.code} if file.code else values


def output_files(folder: Path, codes: Mapping[str, str]) -> tuple[OutputFile, ...]:
    """The files of a staged run, by their path. `codes`: those of the documents, by path."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    outputs = [(file.relative_to(folder).as_posix(), file) for file in files]
    return tuple(
        OutputFile(path, file_sha256(file), codes.get(path, "")) for path, file in sorted(outputs)
    )
