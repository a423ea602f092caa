"""The published reports in a browser on this machine: the files as they are published.

Nothing is made for the browser but the list of competitions. Only this machine can ask.
"""

import mimetypes
from collections.abc import Mapping
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from markupsafe import Markup

from tasks.disk.runs import PublishedFolder
from tasks.disk.storage import read_file
from tasks.errors import CallError, ErrorMessage

LOOPBACK = "127.0.0.1"
OPEN_PATHS = ("index.html", "checked.json", "runs", "current", "requested")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
        "img-src data:; font-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
        "form-action 'none'"
    ),
}
PublishedByName = Mapping[str, PublishedFolder]
_MEDIA_TYPES = {
    ".woff2": "font/woff2",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".html": "text/html; charset=utf-8",
}


def start_server(shelf: PublishedByName, port: int) -> ThreadingHTTPServer:
    """A server of the competitions on 127.0.0.1, which runs in a thread until its `shutdown`.

    Raises CallError for a port that is taken.
    """
    try:
        server = ThreadingHTTPServer((LOOPBACK, port), partial(Handler, shelf))
    except OSError:
        raise CallError(ErrorMessage("flows.port_taken", "--port", {"port": port})) from None
    Thread(target=server.serve_forever, daemon=True).start()
    return server


def find_file(shelf: PublishedByName, path: str) -> tuple[str, bytes] | None:
    """The media type and bytes of the file at the path of a URL; None where there is none.

    A path is /<competition>/<a published file>.
    """
    parts = [unquote(part) for part in path.strip("/").split("/")]
    if not all(map(_is_plain_name, parts)):
        return None
    published, inner = shelf.get(parts[0]), parts[1:] or ["index.html"]
    if published is None or inner[0] not in OPEN_PATHS:
        return None
    if inner[0] == "current":
        rest = inner[1:] or ["index.html"]
        inner = ["runs", published.current() or "", *rest]
    name = "/".join(inner)
    try:
        return media_type(name), read_file(published.storage, name)
    except OSError:
        return None


def _is_plain_name(part: str) -> bool:
    """Whether the part of a path names a file or folder that may be shown, and no way out."""
    if not part or part.startswith("."):
        return False
    return not set(part) & {"/", "\\", "\0"}


def media_type(name: str) -> str:
    """The media type of a file by its name."""
    suffix = "." + name.rpartition(".")[2]
    return _MEDIA_TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"


class Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD of this machine's browser."""

    server_version, sys_version = "kipp", ""

    def __init__(self, shelf: PublishedByName, *args: Any, **kwargs: Any):
        self.shelf = shelf
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def log_message(self, format: str, *args: Any) -> None:
        """Writes nothing: who reads which page is not kept."""

    def _answer(self, with_body: bool) -> None:
        path = urlsplit(self.path).path
        host = self.headers.get("Host", "").partition(":")[0]
        plain = "text/plain"
        if host not in (LOOPBACK, "localhost"):  # a name that another site gives this machine
            self._send(HTTPStatus.MISDIRECTED_REQUEST, plain, b"", with_body)
        elif path == "/":
            self._send(HTTPStatus.OK, _MEDIA_TYPES[".html"], contents_page(self.shelf), with_body)
        elif self._is_competition(path):
            address = f"{path}/index.html"
            self._send(HTTPStatus.MOVED_PERMANENTLY, plain, b"", with_body, Location=address)
        elif (file := find_file(self.shelf, path)) is not None:
            self._send(HTTPStatus.OK, *file, with_body)
        else:
            self._send(HTTPStatus.NOT_FOUND, plain, b"404", with_body)

    def _is_competition(self, path: str) -> bool:
        """Whether the path is /<competition>, without a file."""
        return path.count("/") == 1 and path.strip("/") in map(quote, self.shelf)

    def _send(
        self, status: HTTPStatus, media: str, body: bytes, with_body: bool, **more: str
    ) -> None:
        about_body = {"Content-Type": media, "Content-Length": str(len(body))}
        self.send_response(status)
        for name, value in (HEADERS | more | about_body).items():
            self.send_header(name, value)
        self.end_headers()
        if with_body:
            self.wfile.write(body)


def contents_page(shelf: PublishedByName) -> bytes:
    """The page of / : a link to each competition."""
    item = Markup('<li><a href="/{}/index.html">{}</a></li>')
    page = Markup(
        '<!doctype html><html lang="id"><meta charset="utf-8"><title>kipp</title><ul>{}</ul></html>'
    )
    items = Markup("").join(item.format(quote(name), name) for name in shelf)
    return page.format(items).encode("utf-8")
