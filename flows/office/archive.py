"""kipp archive: a BagIt bag of what the published run was made from and of what the run published.

    <bag>/data/              competition.toml, the folder's tables, inbox/, history/, as the run
                             read them
    <bag>/data/published/    the run
    <bag>/data/versions.txt  every library of the program that made the bag, with its version

Nothing in a bag depends on when or where the bag was made. Its verification stands in verify.py.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import distributions
from pathlib import Path

import bagit

from flows.night.gather import Request, published_runs, require_manifest
from flows.office.verify import validate_bag
from tasks.disk.cache import file_sha256
from tasks.disk.folder import load_competition
from tasks.disk.lock import hold_folder
from tasks.disk.manifest import Manifest
from tasks.disk.runs import PublishedFolder
from tasks.disk.storage import read_file
from tasks.errors import CallError, ErrorMessage, VerificationFailed
from tasks.rules.competition import Competition

HASHES = ("sha256", "sha512")


def make_archive(request: Request, output: Path | None = None) -> Path:
    """The path of the bag, after the bag was made and checked.

    `output`: None for <folder>-archive, next to the competition's folder. Raises CallError where
    nothing is published or `output` holds anything; VerificationFailed where a raw copy is lost.
    """
    folder = request.folder
    competition = load_competition(folder)
    published = published_runs(request, competition)
    manifest = require_manifest(published, folder)
    bag = (output or folder.with_name(f"{folder.name}-archive")).absolute()
    _refuse_filled_folder(bag)
    with hold_folder(request.kipp), _temporary_bag(bag) as unfinished:
        _fill_bag(unfinished, request, published, manifest)
        bagit.make_bag(unfinished, _bag_info(competition, manifest), checksums=list(HASHES))
        validate_bag(unfinished)
        unfinished.replace(bag)
    return bag


def _refuse_filled_folder(folder: Path) -> None:
    """Raises CallError for a folder that holds anything."""
    if folder.exists() and any(folder.iterdir()):
        raise CallError(ErrorMessage("flows.exists", str(folder)))


@contextmanager
def _temporary_bag(bag: Path) -> Iterator[Path]:
    """An empty folder next to the bag's place; the folder takes the bag's name once it is whole."""
    bag.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".bag-", dir=bag.parent) as folder:
        unfinished = Path(folder) / "bag"
        unfinished.mkdir()
        yield unfinished


def _fill_bag(bag: Path, request: Request, published: PublishedFolder, manifest: Manifest) -> None:
    """Copies the inputs of the run, the run, and the versions of the libraries into the bag."""
    for file in manifest.inputs:
        _copy_raw(request.kipp / "raw" / file.sha256, bag / file.path, file.sha256)
    run = f"runs/{manifest.run}"
    for name in published.storage.files(run):
        target = bag / "published" / name.removeprefix(f"{run}/")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(read_file(published.storage, name))
    (bag / "versions.txt").write_text(library_versions(), encoding="utf-8")


def _copy_raw(source: Path, target: Path, expected_sha256: str) -> None:
    """Copies a file that the run read.

    Raises VerificationFailed where its copy under .kipp/raw is gone or was changed.
    """
    if not source.is_file() or file_sha256(source) != expected_sha256:
        raise VerificationFailed(ErrorMessage("flows.raw_lost", str(source)))
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _bag_info(competition: Competition, manifest: Manifest) -> dict[str, str]:
    return {
        "Source-Organization": competition.host or competition.name,
        "External-Description": f"{competition.name} {competition.year}",
        "External-Identifier": manifest.run,
        "Bagging-Date": manifest.as_of.date().isoformat(),
        "Bag-Software-Agent": "kipp",
    }


def library_versions() -> str:
    """Every library that is installed with the program, one line per library, as pip writes it."""
    versions = {
        (library.metadata["Name"] or "").lower(): library.version for library in distributions()
    }
    return "".join(f"{name}=={version}\n" for name, version in sorted(versions.items()) if name)
