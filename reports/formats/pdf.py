"""HTML -> PDF/UA-1, as many at once as there are cores; the only module that imports WeasyPrint.

What makes it faster than a bare loop (docs/reports.md has the measurements): one font configuration
and one parsed style a process, the collector off but for a pass every ten pages, processes that
start with WeasyPrint loaded, the biggest page first. Nothing is fetched: data: URIs and the
typefaces' own files, and nothing else.
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

FEWEST_FOR_POOL = (
    10  # fewer pages than this are made in one process: starting others costs more than they save
)
_PDF_VARIANT = "pdf/ua-1"


@dataclass(frozen=True)
class PrintOrder:
    """One PDF to make: HTML without style (render.paper), and the style to set it in
    (render.paper_style).
    """

    html: str
    style: str


def system_libraries() -> tuple[str, ...]:
    """Names and versions of the system's libraries that set the type, as far as they can be found;
    cheap to ask.
    """
    wanted = (("libpango-1.0", "pango_version_string"), ("libharfbuzz", "hb_version_string"))
    return tuple(
        f"{library} {version}"
        for library, name in wanted
        if (version := _system_library_version(library, name))
    )


def _system_library_version(library: str, function: str) -> str:
    for file in (f"{library}.so.0", f"{library}.0.dylib"):
        try:
            asked = getattr(ctypes.CDLL(file), function)
        except OSError:  # of another system: the next name, or none
            continue
        asked.restype = ctypes.c_char_p
        return str(asked().decode())
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
    made = document.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant=_PDF_VARIANT)
    assert isinstance(made, bytes)
    return made


@cache
def _font_configuration() -> Any:
    from weasyprint.text.fonts import FontConfiguration  # start-up time

    atexit.register(_clear_font_caches)
    return FontConfiguration()


def _clear_font_caches() -> None:
    """WeasyPrint's fonts must go before the interpreter takes apart what they are made of."""
    _stylesheet.cache_clear()
    _font_configuration.cache_clear()


@cache
def _stylesheet(text: str) -> tuple[Any, Any]:
    from weasyprint import CSS  # start-up time

    return CSS(
        string=text, font_config=_font_configuration(), url_fetcher=_url_fetcher()
    ), _font_configuration()


@cache
def _url_fetcher() -> Any:
    """Reads data: URIs and the typefaces' files; raises for any other address, so that WeasyPrint
    leaves it out.
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
    """The PDFs, in the order given. `progress` is told how many are done.

    `workers` processes (the machine's cores, where not given); one for fewer than FEW pages. Raises
    what a page raised.
    """
    biggest_first = sorted(range(len(orders)), key=lambda i: -len(orders[i].html))
    queue = [(i, orders[i]) for i in biggest_first]
    made: dict[int, bytes] = {}
    processes = workers or os.cpu_count() or 1
    for i, one in (
        _render_in_process(queue)
        if len(orders) < FEWEST_FOR_POOL or processes == 1
        else _render_in_pool(queue, processes)
    ):
        made[i] = one
        progress(len(made))
    return [made[i] for i in range(len(orders))]


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
    """Has the fork server load WeasyPrint beside whatever else there is to do first."""
    _fork_server_context()
    forkserver.ensure_running()


def _fork_server_context() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["weasyprint", "weasyprint.text.fonts", "reports.formats.pdf"])
    return context


def _render_in_pool(
    queue: list[tuple[int, PrintOrder]], workers: int
) -> Iterator[tuple[int, bytes]]:
    """From a fork server with WeasyPrint loaded: a process that runs Prefect has threads, and must
    not fork itself.

    A worker that is killed breaks the pool, which says so; multiprocessing.Pool would wait for it
    for ever.
    """
    pool = ProcessPoolExecutor(
        min(workers, len(queue)), mp_context=_fork_server_context(), initializer=_prepare_worker
    )
    try:
        for done in as_completed([pool.submit(_render_job, job) for job in queue]):
            yield done.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _prepare_worker() -> None:
    """Gets a process of the pool ready: calm, and not to outlive the one that it works for, were
    that killed.
    """
    _pause_collector()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


_pages_made = 0


def _pause_collector() -> None:
    """Leave what is loaded out of the collector's sight, and the collector off: pages are made of
    short-lived trees.
    """
    gc.collect()
    gc.freeze()
    gc.disable()


def _render_job(job: tuple[int, PrintOrder]) -> tuple[int, bytes]:
    global _pages_made
    i, order = job
    made = render_pdf(order)
    _pages_made += 1
    if _pages_made % 10 == 0:
        gc.collect()
    return i, made
