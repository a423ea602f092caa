"""Documents: what a run publishes, planned with a key each, and made when the key is new."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count

from reports.formats import pdf

PDF = "application/pdf"
HTML = "text/html"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
JSON = "application/json"
WOFF2 = "font/woff2"


@dataclass(frozen=True)
class PlannedDocument:
    """A document to come. `key` is the hash of all that its bytes depend on; `code` is printed on
    paper, or empty.

    `make` gives its bytes. A PDF has `order` instead: what to print, so that many can be made at
    once.
    """

    path: str
    media_type: str
    key: str
    code: str
    make: Callable[[], bytes] | None = None
    order: Callable[[], pdf.PrintOrder] | None = None


@dataclass(frozen=True)
class Document:
    """A document of a run: its place in the run's folder, its media type, its key, its bytes."""

    path: str
    media_type: str
    key: str
    bytes: bytes


def render_documents(
    planned: Iterable[PlannedDocument],
    workers: int | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> Iterator[Document]:
    """The documents, in the order planned. `progress` is told how many are done; `workers` as in
    pdf.make_all.

    While other processes print, this one makes what is not printed.
    """
    wanted, done = list(planned), count(1)
    printed = {p.path: p.order() for p in wanted if p.order}
    with ThreadPoolExecutor(1) as beside:
        printing = beside.submit(
            pdf.render_pdfs, list(printed.values()), workers, lambda _: progress(next(done))
        )
        ready = {p.path: _report_progress(p.make(), progress, done) for p in wanted if p.make}
        ready |= dict(zip(printed, printing.result(), strict=True))
    for p in wanted:
        yield Document(p.path, p.media_type, p.key, ready[p.path])


def _report_progress(content: bytes, progress: Callable[[int], None], done: Iterator[int]) -> bytes:
    progress(next(done))
    return content
