"""kipp verify: that an archive is whole and gives its reports again; whose a printed code is.

How an archive is made stands in archive.py.
"""

import re
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import bagit

from flows.night import evaluation
from flows.night.gather import Request, gather_inputs, published_runs
from tasks.disk.cache import are_equal_files
from tasks.disk.folder import load_competition
from tasks.disk.manifest import MANIFEST_FILE, Manifest, parse_manifest
from tasks.disk.program import program_fingerprint
from tasks.disk.runs import PublishedFolder
from tasks.errors import CallError, ErrorMessage, VerificationFailed
from tasks.words import Words

# files that are the same bytes with other libraries, too
STABLE_SUFFIXES = (".csv", ".json", ".html", ".toml", ".woff2")
NOT_INPUTS = ("published", "versions.txt")  # in an archive; the run was not made from them
MOST_NAMED = 10  # files that differ and are named in the message


def verify_bag(bag: Path, rerun: bool, words: Words) -> list[str]:
    """Sentences that say that the bag is whole, and with `rerun` that it gives its reports again.

    Raises CallError for a folder that is no bag; VerificationFailed.
    """
    if not (bag / "bagit.txt").is_file():
        raise CallError(ErrorMessage("flows.no_bag", str(bag)))
    files = validate_bag(bag)
    whole = words.say("flows.bag_whole", files=files)
    return [whole, *_rerun_archive(bag / "data", words)] if rerun else [whole]


def validate_bag(bag: Path) -> int:
    """The number of payload files, all of which match their hashes. Raises VerificationFailed."""
    try:
        opened = bagit.Bag(str(bag))
        opened.validate()
    except (bagit.BagError, OSError, ValueError) as error:
        message = ErrorMessage("flows.bag_broken", str(bag), {"detail": str(error)})
        raise VerificationFailed(message) from None
    return len(list(opened.payload_files()))


def _rerun_archive(archived: Path, words: Words) -> list[str]:
    """Sentences that say that the archive's exports give its reports again.

    They are computed in a folder of its own, and each file is compared. Raises VerificationFailed
    where files differ.
    """
    manifest = parse_manifest((archived / "published" / MANIFEST_FILE).read_bytes())
    is_same_program = manifest.program == program_fingerprint()
    with tempfile.TemporaryDirectory(prefix="kipp-rerun-") as place:
        folder = Path(place) / "competition"
        _copy_inputs(archived, folder)
        rerun = _recompute_run(folder, archived / "published", manifest)
        paths = _compared_paths(archived / "published", rerun, every=is_same_program)
        _refuse_differing_files(archived / "published", rerun, paths)
    equal = words.say("flows.rerun_equal", files=len(paths))
    return [equal] if is_same_program else [words.say("flows.rerun_other_program"), equal]


def _refuse_differing_files(archived: Path, rerun: Path, paths: list[str]) -> None:
    """Raises VerificationFailed where files of these paths differ between the two folders."""
    differing = [path for path in paths if not are_equal_files(archived / path, rerun / path)]
    if differing:
        shown = ", ".join(differing[:MOST_NAMED])
        more = " ..." if len(differing) > MOST_NAMED else ""
        params = {"count": len(differing), "files": shown + more}
        raise VerificationFailed(ErrorMessage("flows.rerun_differs", "", params))


def _copy_inputs(archived: Path, folder: Path) -> None:
    """Copies what the run was made from, out of the archive."""

    def left_out(inner: str, names: list[str]) -> list[str]:
        return list(NOT_INPUTS) if Path(inner) == archived else []

    shutil.copytree(archived, folder, ignore=left_out)


def _recompute_run(folder: Path, archived: Path, manifest: Manifest) -> Path:
    """The folder of a new run of the same inputs, `as_of` and memory; nothing is carried over."""
    from flows.night import publish  # start-up time

    as_of = manifest.as_of.isoformat()
    request = Request(folder, as_of, accept_vanished=manifest.accept_vanished, whole=True)
    file = archived / "memory.json"
    memory = file.read_bytes() if file.exists() else None
    inputs = replace(gather_inputs(request), memory=memory)
    results = evaluation.compute_with_evaluator(inputs)
    documents = publish.make_documents(results, inputs)
    publish.publish_run(results, inputs, documents)
    return folder / "published" / "runs" / inputs.run


def _compared_paths(archived: Path, rerun: Path, every: bool) -> list[str]:
    """The paths of the files on either side; without `every`, of data and HTML alone."""
    paths = {
        file.relative_to(folder).as_posix()
        for folder in (archived, rerun)
        for file in folder.rglob("*")
        if file.is_file()
    }
    return sorted(path for path in paths if every or _is_stable(path))


def _is_stable(path: str) -> bool:
    """Whether another program and other libraries give the same bytes."""
    return path.endswith(STABLE_SUFFIXES) and path != MANIFEST_FILE


def verify_code(request: Request, code: str, words: Words) -> list[str]:
    """A sentence that says which published document has the code.

    Raises VerificationFailed for the code of an older run, and for a code of no run.
    """
    published = published_runs(request, load_competition(request.folder))
    letters = _code_letters(code)
    for run in _runs_newest_first(published):
        path = _document_with_code(published, run, letters)
        if path and run == published.current():
            return [words.say("flows.code_current", code=code, path=path, run=run)]
        if path:
            params = {"code": code, "path": path, "run": run}
            raise VerificationFailed(ErrorMessage("flows.code_old", "", params))
    raise VerificationFailed(ErrorMessage("flows.code_unknown", "", {"code": code}))


def _runs_newest_first(published: PublishedFolder) -> list[str]:
    """The current run, then the older ones, the newest first."""
    current = published.current()
    others = set(published.storage.folders("runs")) - {current}
    older = sorted(others, reverse=True)
    return [current, *older] if current else older


def _document_with_code(published: PublishedFolder, run: str, letters: str) -> str | None:
    """The paper of the run with this code, else any document with this code."""
    manifest = published.run_manifest(run)
    outputs = manifest.outputs if manifest else ()
    paths = [file.path for file in outputs if _code_letters(file.code) == letters]
    return min(paths, key=_papers_first, default=None)


def _papers_first(path: str) -> tuple[bool, str]:
    return not path.endswith(".pdf"), path


def _code_letters(code: str) -> str:
    """The letters and digits of a code: a person may type other signs between them."""
    return re.sub(r"[\W_]+", "", code).upper()
