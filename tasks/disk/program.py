"""The program itself, for the key of a run: its files, and the versions of the libraries that it
works with.
"""

import hashlib
import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ("flows", "reports", "tasks", "templates")
LIBRARIES = (  # what the bytes of a run depend on
    "babel",
    "font-source-sans-pro",
    "font-source-serif-pro",
    "fonttools",
    "great-expectations",
    "jinja2",
    "numpy",
    "pandas",
    "pydyf",
    "python-calamine",
    "rapidfuzz",
    "selectolax",
    "tinycss2",
    "vl-convert-python",
    "weasyprint",
    "xlsxwriter",
)
_HOME = Path(__file__).resolve().parents[2]


@cache
def program_fingerprint() -> str:
    """SHA-256 over the program's files and the versions of LIBRARIES and Python; the same wherever
    it is installed.
    """
    digest = hashlib.sha256()
    for file in sorted(_program_files(), key=lambda path: path.relative_to(_HOME).as_posix()):
        digest.update(f"{file.relative_to(_HOME).as_posix()}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    digest.update(repr(sorted(program_versions().items())).encode())
    return digest.hexdigest()


@cache
def program_versions() -> dict[str, str]:
    """The versions of Python (without its last part) and of LIBRARIES, by name."""
    python = ".".join(platform.python_version_tuple()[:2])
    return {"python": python} | {name: _library_version(name) for name in LIBRARIES}


def _program_files() -> list[Path]:
    paths = [path for package in PACKAGES for path in (_HOME / package).rglob("*")]
    return [path for path in paths if path.is_file() and _is_program_file(path)]


def _is_program_file(path: Path) -> bool:
    return "__pycache__" not in path.parts and not path.name.startswith(".")


def _library_version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
