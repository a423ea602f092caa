"""Documents: what a run publishes, each planned with a key, and rendered when the key is new."""

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
    """A document to come. `key` is the hash of all that its bytes depend on; `code` is the code
    printed on paper, or "".

    `make` gives the bytes. A PDF has `order` in its place, which gives what to print, so that many
    are printed at once.
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
    """The documents, in the order planned. `progress` takes how many are done; `workers` as in
    pdf.render_pdfs.

    While other processes print, this process makes the documents that are not printed.
    """
    documents = list(planned)
    orders = {document.path: document.order() for document in documents if document.order}
    content: dict[str, bytes] = {}
    numbers = count(1)

    def count_document(_: object = None) -> None:
        progress(next(numbers))

    with ThreadPoolExecutor(1) as pool:
        printing = pool.submit(pdf.render_pdfs, list(orders.values()), workers, count_document)
        for document in documents:
            if document.make:
                content[document.path] = document.make()
                count_document()
        content |= zip(orders, printing.result(), strict=True)
    for document in documents:
        yield Document(document.path, document.media_type, document.key, content[document.path])
