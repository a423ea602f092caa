"""HTML -> PDF/UA-1, as many at once as there are cores; the only module that imports WeasyPrint.

Faster than a bare loop by (docs/reports.md has the measurements): one font configuration and one
parsed style a process, the garbage collector off but for a pass every ten pages, processes that
start with WeasyPrint loaded, the biggest page first. Nothing is fetched: WeasyPrint reads data:
URIs and the typefaces' own files, and nothing else.
"""

import atexit
import ctypes
import gc
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cache
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext
from typing import Any

from reports.formats import typefaces

# Fewer pages are made in one process: to start others would cost more than they save.
FEWEST_FOR_POOL = 10
_PAGES_A_COLLECTION = 10
_PDF_VARIANT = "pdf/ua-1"


@dataclass(frozen=True)
class PrintOrder:
    """One PDF to make: HTML without style (html.render_paper), and the style to set it in
    (html.paper_style).
    """

    html: str
    style: str


def system_libraries() -> tuple[str, ...]:
    """Names and versions of the system's libraries that set the type, of those that are found;
    cheap to ask.
    """
    versions = {
        "libpango-1.0": _system_library_version("libpango-1.0", "pango_version_string"),
        "libharfbuzz": _system_library_version("libharfbuzz", "hb_version_string"),
    }
    return tuple(f"{library} {version}" for library, version in versions.items() if version)


def _system_library_version(library: str, function: str) -> str:
    """The version that the library's function gives; "" where the library is not found."""
    for file in (f"{library}.so.0", f"{library}.0.dylib"):
        try:
            version = getattr(ctypes.CDLL(file), function)
        except OSError:  # the file name of another system
            continue
        version.restype = ctypes.c_char_p
        return str(version().decode())
    return ""


def printing_versions() -> dict[str, str]:
    """The system's libraries that a PDF's bytes depend on, as WeasyPrint found them: pango, and
    whether harfbuzz-subset is there ("yes", "no").
    """
    from weasyprint.text.ffi import harfbuzz_subset, pango  # start-up time

    return {
        "pango": str(pango.pango_version()),
        "harfbuzz-subset": "yes" if harfbuzz_subset else "no",
    }


def render_pdf(order: PrintOrder) -> bytes:
    """The PDF: tagged, with title, language and bookmarks; the same bytes for the same order."""
    from weasyprint import HTML  # start-up time

    style, fonts = _stylesheet(order.style)
    document = HTML(string=order.html, url_fetcher=_url_fetcher(), base_url=None)
    content = document.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant=_PDF_VARIANT)
    assert isinstance(content, bytes)
    return content


@cache
def _font_configuration() -> Any:
    from weasyprint.text.fonts import FontConfiguration  # start-up time

    atexit.register(_clear_font_caches)
    return FontConfiguration()


def _clear_font_caches() -> None:
    """Lets WeasyPrint's fonts go before the interpreter takes the font library apart."""
    _stylesheet.cache_clear()
    _font_configuration.cache_clear()


@cache
def _stylesheet(text: str) -> tuple[Any, Any]:
    from weasyprint import CSS  # start-up time

    fonts = _font_configuration()
    return CSS(string=text, font_config=fonts, url_fetcher=_url_fetcher()), fonts


@cache
def _url_fetcher() -> Any:
    """A reader of data: URIs and of the typefaces' files; raises ValueError for any other address,
    which WeasyPrint then leaves out.
    """
    from weasyprint.urls import URLFetcher  # start-up time

    own = {face.file.as_uri() for face in typefaces.FACES}

    class Own(URLFetcher):  # type: ignore[misc]  # WeasyPrint is untyped
        def fetch(self, url: str, headers: Any = None) -> Any:
            if not url.lower().startswith("data:") and url not in own:
                raise ValueError("only data: and the project's own typefaces")
            return super().fetch(url, headers)

    return Own(allowed_protocols={"data", "file"}, allow_redirects=False)


def render_pdfs(
    orders: Sequence[PrintOrder],
    workers: int | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> list[bytes]:
    """The PDFs, in the order given. `progress` takes how many are done.

    By `workers` processes (the machine's cores, where not given); by one for fewer than
    FEWEST_FOR_POOL pages. Raises what the rendering of a page raised.
    """
    queue = sorted(enumerate(orders), key=lambda job: -len(job[1].html))  # the biggest first
    processes = workers or os.cpu_count() or 1
    if processes == 1 or len(orders) < FEWEST_FOR_POOL:
        rendered = _render_in_process(queue)
    else:
        rendered = _render_in_pool(queue, processes)
    content: dict[int, bytes] = {}
    for i, pdf in rendered:
        content[i] = pdf
        progress(len(content))
    return [content[i] for i in range(len(orders))]


def _render_in_process(queue: list[tuple[int, PrintOrder]]) -> Iterator[tuple[int, bytes]]:
    was_on = gc.isenabled()
    _pause_collector()
    try:
        for job in queue:
            yield _render_job(job)
    finally:
        gc.unfreeze()
        if was_on:
            gc.enable()


def warm_fork_server() -> None:
    """Starts the fork server, which loads WeasyPrint while this process does other work."""
    _fork_server_context()
    forkserver.ensure_running()


def _fork_server_context() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["weasyprint", "weasyprint.text.fonts", "reports.formats.pdf"])
    return context


def _render_in_pool(
    queue: list[tuple[int, PrintOrder]], workers: int
) -> Iterator[tuple[int, bytes]]:
    """The PDFs as they come, from the processes of a fork server with WeasyPrint loaded: a process
    that runs Prefect has threads, and must not fork itself.

    A worker that is killed breaks the pool, which says so; multiprocessing.Pool would wait for the
    worker for ever.
    """
    size = min(workers, len(queue))
    context = _fork_server_context()
    pool = ProcessPoolExecutor(size, mp_context=context, initializer=_prepare_worker)
    try:
        for done in as_completed([pool.submit(_render_job, job) for job in queue]):
            yield done.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _prepare_worker() -> None:
    """Makes a process of the pool ready: its collector is off, and it ends when its parent ends."""
    _pause_collector()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


_pages_made = 0


def _pause_collector() -> None:
    """Hides what is loaded from the garbage collector, and turns it off: pages are made of
    short-lived trees.
    """
    gc.collect()
    gc.freeze()
    gc.disable()


def _render_job(job: tuple[int, PrintOrder]) -> tuple[int, bytes]:
    global _pages_made
    i, order = job
    content = render_pdf(order)
    _pages_made += 1
    if _pages_made % _PAGES_A_COLLECTION == 0:
        gc.collect()
    return i, content
