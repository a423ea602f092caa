"""The year's archive: a BagIt bag of what the published run was made from and of what it published;
its verification.

    <bag>/data/            competition.toml and every table beside it, inbox/, history/, as the run
    read them <bag>/data/published/  the run <bag>/data/versions.txt  every library of the program
    that made the bag, with its version

Nothing in a bag depends on when or where it was made.
"""

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import distributions
from pathlib import Path

import bagit

from flows.night import evaluation
from flows.night.gather import Inputs, Request, gather_inputs, published_runs
from tasks.disk import lock, program
from tasks.disk.cache import file_sha256
from tasks.disk.folder import load_competition
from tasks.disk.manifest import MANIFEST_FILE, Manifest, parse_manifest
from tasks.disk.runs import PublishedFolder
from tasks.disk.storage import read_file
from tasks.errors import CallError, ErrorMessage, VerificationFailed
from tasks.words import Words

HASHES = ("sha256", "sha512")
STABLE_SUFFIXES = (
    ".csv",
    ".json",
    ".html",
    ".toml",
    ".woff2",
)  # the same bytes with other libraries, too


# --- archive
# --------------------------------------------------------------------------------------------------


def make_archive(folder: Path, output: Path | None = None) -> Path:
    """Makes the bag and checks it. Raises CallError where nothing is published or there is
    something at `output`.
    """
    competition = load_competition(folder)
    there = published_runs(Request(folder), competition)
    manifest = there.manifest()
    if manifest is None:
        raise CallError(ErrorMessage("flows.nothing_published", str(folder)))
    bag = (output or folder.with_name(f"{folder.name}-archive")).absolute()
    if bag.exists() and any(bag.iterdir()):
        raise CallError(ErrorMessage("flows.exists", str(bag)))
    with lock.hold_folder(folder / ".kipp"), _temporary_bag(bag) as made:
        _fill_bag(made, folder, there, manifest)
        bagit.make_bag(
            made,
            _bag_info(competition.name, competition.year, competition.host, manifest),
            checksums=list(HASHES),
        )
        _validate_bag(made)
        made.replace(bag)
    return bag


@contextmanager
def _temporary_bag(bag: Path) -> Iterator[Path]:
    """An empty folder beside the bag's place, which takes its name once it is whole."""
    bag.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".bag-", dir=bag.parent) as folder:
        made = Path(folder) / "bag"
        made.mkdir()
        yield made


def _fill_bag(made: Path, folder: Path, there: PublishedFolder, manifest: Manifest) -> None:
    for file in manifest.inputs:
        _copy_raw(folder / ".kipp" / "raw" / file.sha256, made / file.path, file.sha256)
    run = f"runs/{manifest.run}"
    for name in there.place.files(run):
        target = made / "published" / name.removeprefix(f"{run}/")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(read_file(there.place, name))
    (made / "versions.txt").write_text(library_versions(), encoding="utf-8")


def _copy_raw(source: Path, target: Path, expected: str) -> None:
    """Copies what the run read. Raises VerificationFailed where the copy under .kipp/raw is gone or
    was changed.
    """
    if not source.is_file() or file_sha256(source) != expected:
        raise VerificationFailed(ErrorMessage("flows.raw_lost", str(source)))
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _bag_info(name: str, year: int, host: str, manifest: Manifest) -> dict[str, str]:
    return {
        "Source-Organization": host or name,
        "External-Description": f"{name} {year}",
        "External-Identifier": manifest.run,
        "Bagging-Date": manifest.as_of.date().isoformat(),
        "Bag-Software-Agent": "kipp",
    }


def library_versions() -> str:
    """Every library that is installed beside the program, one a line, as pip writes it."""
    found = {(found.metadata["Name"] or "").lower(): found.version for found in distributions()}
    return "".join(f"{name}=={version}\n" for name, version in sorted(found.items()) if name)


# --- verify
# --------------------------------------------------------------------------------------------------


def verify_bag(bag: Path, rerun: bool, words: Words) -> list[str]:
    """Sentences that say that the bag is whole (and gives its reports again). Raises
    VerificationFailed, CallError.
    """
    if not (bag / "bagit.txt").is_file():
        raise CallError(ErrorMessage("flows.no_bag", str(bag)))
    files = _validate_bag(bag)
    said = [words.say("flows.bag_whole", files=files)]
    return said + (_rerun_archive(bag / "data", words) if rerun else [])


def _validate_bag(bag: Path) -> int:
    """The number of payload files, all of which match their hashes. Raises VerificationFailed."""
    try:
        opened = bagit.Bag(str(bag))
        opened.validate()
    except (bagit.BagError, OSError, ValueError) as error:
        raise VerificationFailed(
            ErrorMessage("flows.bag_broken", str(bag), {"detail": str(error)})
        ) from None
    return len(list(opened.payload_files()))


def _rerun_archive(archived: Path, words: Words) -> list[str]:
    """Computes the archive's exports again, in a folder of its own, and compares every file."""
    manifest = parse_manifest((archived / "published" / MANIFEST_FILE).read_bytes())
    same_program = manifest.program == program.program_fingerprint()
    with tempfile.TemporaryDirectory(prefix="kipp-rerun-") as place:
        folder = Path(place) / "competition"
        shutil.copytree(
            archived,
            folder,
            ignore=lambda here, _: ["published", "versions.txt"] if Path(here) == archived else [],
        )
        made = _recompute_run(folder, archived / "published", manifest)
        differing, compared = _compare_files(archived / "published", made, every=same_program)
    said = [] if same_program else [words.say("flows.rerun_other_program")]
    if differing:
        shown = ", ".join(differing[:10]) + (" ..." if len(differing) > 10 else "")
        raise VerificationFailed(
            ErrorMessage("flows.rerun_differs", "", {"count": len(differing), "files": shown})
        )
    return [*said, words.say("flows.rerun_equal", files=compared)]


def _recompute_run(folder: Path, archived: Path, manifest: Manifest) -> Path:
    """The folder of the run that the same inputs, `as_of` and memory give, without anything carried
    over.
    """
    from flows.night import publish  # start-up time

    request = Request(
        folder, manifest.as_of.isoformat(), accept_vanished=manifest.accept_vanished, whole=True
    )
    memory = archived / "memory.json"
    inputs: Inputs = replace(
        gather_inputs(request), memory=memory.read_bytes() if memory.exists() else None
    )
    results = evaluation.compute_with_evaluator(inputs)
    publish.publish_run(results, inputs, publish.make_documents(results, inputs))
    return folder / "published" / "runs" / inputs.run


def _compare_files(archived: Path, made: Path, every: bool) -> tuple[list[str], int]:
    """The files that differ or are on one side alone; how many were compared; not `every`: of data
    and HTML.
    """
    both = {
        file.relative_to(folder).as_posix()
        for folder in (archived, made)
        for file in folder.rglob("*")
        if file.is_file()
    }
    looked_at = sorted(
        path for path in both if every or (path.endswith(STABLE_SUFFIXES) and path != MANIFEST_FILE)
    )
    return [path for path in looked_at if not _are_equal_files(archived / path, made / path)], len(
        looked_at
    )


def _are_equal_files(one: Path, other: Path) -> bool:
    return one.is_file() and other.is_file() and file_sha256(one) == file_sha256(other)


# --- the code on a paper copy
# ----------------------------------------------------------------------------------------


def verify_code(folder: Path, code: str, words: Words) -> list[str]:
    """A sentence that says which published document has the code. Raises VerificationFailed for an
    old or unknown.
    """
    there = published_runs(Request(folder), load_competition(folder))
    plain_code = _normalize_code(code)
    current = there.current()
    older = sorted((name for name in there.place.folders("runs") if name != current), reverse=True)
    for run in ([current] if current else []) + older:
        path = _document_with_code(there, run, plain_code)
        if path and run == current:
            return [words.say("flows.code_current", code=code, path=path, run=run)]
        if path:
            raise VerificationFailed(
                ErrorMessage("flows.code_old", "", {"code": code, "path": path, "run": run})
            )
    raise VerificationFailed(ErrorMessage("flows.code_unknown", "", {"code": code}))


def _document_with_code(there: PublishedFolder, run: str, code: str) -> str | None:
    """The paper of the run with this code, else any document of it with this code."""
    manifest = there.run_manifest(run)
    outputs = manifest.outputs if manifest else ()
    paths = [file.path for file in outputs if _normalize_code(file.code) == code]
    return min(paths, key=_papers_first, default=None)


def _papers_first(path: str) -> tuple[bool, str]:
    return not path.endswith(".pdf"), path


def _normalize_code(code: str) -> str:
    return re.sub(r"[\W_]+", "", code).upper()
