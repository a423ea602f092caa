"""The fingerprint of what makes documents, whatever the documents say: a new one makes every
document anew.
"""

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

from reports.formats import html, pdf
from tasks import words

_REPORTS_FOLDER = Path(__file__).parents[1]
_WORDS_FILE = Path(words.__file__)  # how numbers and dates are written
_FILES_BY_FOLDER = {
    _REPORTS_FOLDER: ("*.py",),
    html.TEMPLATES: ("*.html", "*.css", "*.js", "*.po"),
}
_LIBRARIES = (
    "jinja2",
    "markupsafe",
    "babel",
    "weasyprint",
    "pydyf",
    "xlsxwriter",
    "fonttools",
    "font-source-sans-pro",
    "font-source-serif-pro",
    "vl-convert-python",
)


@cache
def documents_fingerprint() -> str:
    """SHA-256, in hex, of templates, styles, words, the package reports, and the libraries'
    versions.
    """
    digest = hashlib.sha256()
    for place, content in _source_files():
        digest.update(f"{place}\0".encode() + content + b"\0")
    for library in _LIBRARIES:
        digest.update(f"{library} {metadata.version(library)}\n".encode())
    digest.update("\n".join(pdf.system_libraries()).encode())
    return digest.hexdigest()


def _source_files() -> Iterator[tuple[str, bytes]]:
    """Place and content of every file that makes documents, the places in order."""
    yield "words.py", _WORDS_FILE.read_bytes()
    for folder, patterns in _FILES_BY_FOLDER.items():
        files = [file for pattern in patterns for file in folder.rglob(pattern)]
        for file in sorted(files):
            yield file.relative_to(folder).as_posix(), file.read_bytes()
