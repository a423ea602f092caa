"""One table, or a folder's listing, over http(s): in time, within a size, from the named host.

A redirect is followed a few times, to http(s) alone, never from https back to http, and never to an
address within the house (loopback, private, link-local) but the named one's own host. Passwords
come from netrc or the options by host, and go to their own host alone, over https or within this
machine.
"""

import ipaddress
import netrc
import os
import re
import socket
import time
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import IO, Any, TypeVar
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit
from urllib.request import getproxies

import httpx
from selectolax.lexbor import LexborHTMLParser

from tasks.disk.time_limits import PATIENCE, Patience, Unreachable, call_with_retries

T = TypeVar("T")

StorageOptions = Mapping[str, Mapping[str, Any]]
SCHEMES = ("http", "https")
_REDIRECTS = (301, 302, 303, 307, 308)
_MOST_REDIRECTS = 5
_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_REQUEST_HEADERS = {
    "Accept": "text/csv, */*;q=0.5",
    "Accept-Encoding": "identity",
    "User-Agent": "kipp",
}
_LISTING_BYTES = 20 * 2**20
_DEEPEST_FOLDER = 12
_TABLE_NAME = re.compile(r"\.(?:csv|tsv|txt|xlsx|xlsm|xlsb|xls|ods)$", re.IGNORECASE)
_GOOGLE_SHEET = re.compile(
    r"(https://docs\.google\.com/spreadsheets/d/[^?#]+?)/(pubhtml|edit|view|htmlview)(?=[/?#]|$)[^?#]*"
)
LARGEST_BYTES = 500 * 2**20
START_BYTES = 512  # bytes that tell what an answer is


@dataclass(frozen=True)
class WebAnswer:
    """An answer: the URL that gave it in the end, and whether it is a web page."""

    url: str
    is_page: bool


def fetch_url(
    url: str,
    target: IO[bytes],
    largest: int,
    options: StorageOptions,
    patience: Patience = PATIENCE,
) -> WebAnswer:
    """Writes what the URL gives into the target, once. Raises Unreachable."""
    try:
        with _http_client(patience) as client:
            until = time.monotonic() + patience.whole
            return _follow_redirects(client, table_address(url), target, largest, options, until)
    except httpx.TimeoutException as error:
        raise Unreachable("timeout", url, lasts=False) from error
    except httpx.ConnectError as error:
        raise Unreachable("connect", url, lasts=False) from error
    except (httpx.NetworkError, httpx.RemoteProtocolError) as error:
        raise Unreachable("cut", url, lasts=False) from error
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise Unreachable("failed", url, detail=type(error).__name__) from error


def _http_client(patience: Patience) -> httpx.Client:
    times = httpx.Timeout(patience.read, connect=patience.connect)
    return httpx.Client(timeout=times, follow_redirects=False, headers=_REQUEST_HEADERS)


def _follow_redirects(
    client: httpx.Client,
    url: str,
    target: IO[bytes],
    largest: int,
    options: StorageOptions,
    until: float,
) -> WebAnswer:
    here = url
    for _ in range(_MOST_REDIRECTS + 1):
        with client.stream("GET", here, headers=_login_headers(here, options)) as response:
            if url_host(here) != url_host(url):
                _refuse_inner_address(_peer_address(response), url, here)
            if response.status_code in _REDIRECTS:
                here = _redirect_target(url, here, response.headers.get("location", ""))
                continue
            _refuse_failure(response, url)
            _write_body(response, target, url, largest, until)
            return WebAnswer(here, _is_page(response))
    raise Unreachable("redirect", url, to=url_host(here))


def _refuse_failure(response: httpx.Response, url: str) -> None:
    status = response.status_code
    if status in (401, 403):
        raise Unreachable("forbidden", url)
    if status in (404, 410):
        raise Unreachable("gone", url)
    if status != 200:
        may_pass = status >= 500 or status in (408, 425, 429)
        raise Unreachable("status", url, lasts=not may_pass, status=status)


def _write_body(
    response: httpx.Response, target: IO[bytes], url: str, largest: int, until: float
) -> None:
    written = 0
    for piece in response.iter_bytes():
        written += len(piece)
        if written > largest:
            raise Unreachable("too_large", url, limit=max(1, largest // 2**20))
        if time.monotonic() > until:
            raise Unreachable("timeout", url)
        target.write(piece)


def _is_page(response: httpx.Response) -> bool:
    media_type = response.headers.get("content-type", "").partition(";")[0]
    return media_type.strip().lower() in _PAGE_TYPES


def refuse_non_table(start: bytes, is_page: bool, url: str) -> None:
    """Raises Unreachable where an answer that begins so is a web page, whatever its type says, or
    holds nothing.
    """
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith((b"<!doctype html", b"<html")) or (is_page and text.startswith(b"<")):
        raise Unreachable("page", url)
    if not text and len(start) < START_BYTES:
        raise Unreachable("empty", url, lasts=False)


# Addresses


def table_address(url: str) -> str:
    """The address that gives the rows: of a Google sheet's page, which people copy from their
    browser, its CSV.
    """
    sheet = _GOOGLE_SHEET.match(url)
    if not sheet:
        return url
    export = "pub?single=true&output=csv" if sheet[2] == "pubhtml" else "export?format=csv"
    tab = re.search(r"gid=(\d+)", url)
    return f"{sheet[1]}/{export}" + (f"&gid={tab[1]}" if tab else "")


def url_host(url: str) -> str:
    """The host that a URL names, in small letters."""
    return (urlsplit(url).hostname or "").lower()


def _redirect_target(url: str, here: str, location: str) -> str:
    """Where a redirect leads. Raises Unreachable where it is not to be followed."""
    there = urljoin(here, location)
    parts = urlsplit(there)
    is_downgraded = here.startswith("https:") and parts.scheme == "http"
    if not location or parts.scheme not in SCHEMES or not parts.hostname or is_downgraded:
        raise Unreachable("redirect", url, to=f"{parts.scheme}://{parts.hostname or ''}")
    if url_host(there) != url_host(url) and not getproxies():
        for address in _host_addresses(url, there):
            _refuse_inner_address(address, url, there)
    return there


def _host_addresses(url: str, there: str) -> list[str]:
    try:
        entries = socket.getaddrinfo(url_host(there), None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable("connect", url, lasts=False) from error
    return [str(entry[4][0]) for entry in entries]


def _peer_address(response: httpx.Response) -> str:
    """The address that answered: a name may have led elsewhere since it was looked up. "" behind a
    proxy.
    """
    stream = response.extensions.get("network_stream")
    peer = stream.get_extra_info("server_addr") if stream and not getproxies() else None
    return str(peer[0]) if peer else ""


def _refuse_inner_address(address: str, url: str, there: str) -> None:
    if address and not ipaddress.ip_address(address.partition("%")[0]).is_global:
        raise Unreachable("redirect", url, to=f"{urlsplit(there).scheme}://{url_host(there)}")


# Passwords


def _login_headers(url: str, options: StorageOptions) -> dict[str, str]:
    """The headers that the options hold for this host, else what netrc knows; none over a line that
    can be read.
    """
    parts = urlsplit(url)
    if parts.scheme != "https" and not _is_loopback(url_host(url)):
        return {}
    host = url_host(url)
    own = options.get("https", {}).get(host, {})
    return {name: str(value) for name, value in own.items()} or _netrc_headers(host)


def _is_loopback(name: str) -> bool:
    try:
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _netrc_headers(name: str) -> dict[str, str]:
    try:
        known = netrc.netrc(os.environ.get("NETRC")).hosts.get(name)
    except (OSError, netrc.NetrcParseError):
        return {}
    if known is None:
        return {}
    login = b64encode(f"{known[0]}:{known[2]}".encode()).decode()
    return {"Authorization": f"Basic {login}"}


# A folder


@dataclass(frozen=True)
class WebStorage:
    """An inbox or a history behind http(s): the address of one table, or of a folder that a web
    server lists.
    """

    url: str
    options: StorageOptions = field(default_factory=dict, repr=False, compare=False)
    patience: Patience = field(default=PATIENCE, compare=False)
    largest: int = field(default=LARGEST_BYTES, compare=False)

    @property
    def address(self) -> str:
        return self.url

    def files(self, under: str = "") -> list[str]:
        """The files below the address by name, as its pages list them.

        The address of a table gives that table alone, as a file of submissions/.
        """
        return self.call_in_time(lambda: sorted(self._listed_names(under)))

    def folders(self, under: str = "") -> list[str]:
        prefix = f"{under}/" if under else ""
        inner = (path.removeprefix(prefix) for path in self.files(under))
        return sorted({path.split("/")[0] for path in inner if "/" in path})

    def exists(self, path: str) -> bool:
        return path in self.files()

    def size(self, path: str) -> int:
        """0: how long a file is shows when it comes."""
        return 0

    def open(self, path: str) -> IO[bytes]:
        """The whole file, fetched."""
        with ExitStack() as closing:
            file: IO[bytes] = closing.enter_context(TemporaryFile())
            fetch_url(self._url(path), file, self.largest, self.options, self.patience)
            file.seek(0)
            closing.pop_all()
            return file

    def call_in_time(self, call: Callable[[], T]) -> T:
        """What the call gives; called again after a failure that may pass.

        Raises Unreachable after the time limit.
        """
        return call_with_retries(self.url, call, self.patience)

    def replace(self, path: str, content: bytes | Iterable[bytes]) -> None:
        raise Unreachable("read_only", self.url)

    def remove(self, path: str) -> None:
        raise Unreachable("read_only", self.url)

    def _url(self, path: str) -> str:
        return self.url if path == self._table_name else f"{self.url.rstrip('/')}/{quote(path)}"

    @property
    def _table_name(self) -> str:
        """The name of the table, where the address leads to a table."""
        last = unquote(urlsplit(self.url).path).rpartition("/")[2]
        return f"submissions/{last if _TABLE_NAME.search(last) else 'inbox.csv'}"

    def _listed_names(self, under: str) -> Iterator[str]:
        with TemporaryFile() as page:
            answer = fetch_url(self.url, page, self.largest, self.options, self.patience)
            if not answer.is_page:
                page.seek(0)
                refuse_non_table(page.read(START_BYTES), answer.is_page, self.url)
                if self._table_name.startswith(under):
                    yield self._table_name
                return
        names = self._names_below(f"{self.url.rstrip('/')}/")
        if not names:
            raise Unreachable("page", self.url)
        prefix = f"{under}/" if under else ""
        yield from (name for name in names if name.startswith(prefix))

    def _names_below(self, root: str) -> list[str]:
        """The names that a folder's pages list; none where the page is no listing."""
        try:
            urls = list(self._files_below(root, _DEEPEST_FOLDER))
        except Unreachable as failure:
            if failure.cause == "gone":
                return []
            raise
        return [unquote(url.removeprefix(root)) for url in urls]

    def _files_below(self, folder: str, depth: int) -> Iterator[str]:
        """The addresses of the files in a folder that the server lists, and in its folders."""
        for url in sorted(self._links(folder)):
            if not url.endswith("/"):
                yield url
            elif depth:
                yield from self._files_below(url, depth - 1)

    def _links(self, folder: str) -> set[str]:
        with TemporaryFile() as page:
            answer = fetch_url(folder, page, _LISTING_BYTES, self.options, self.patience)
            if not answer.is_page:
                return set()
            page.seek(0)
            content = page.read()
        urls = {urljoin(folder, path) for path in _linked_paths(content)}
        inner = {url for url in urls if url.startswith(folder) and url != folder}
        return {url for url in inner if _is_file_address(url)}


def _linked_paths(page: bytes) -> list[str]:
    """What the links of a page lead to, as they are written, without a place in the page."""
    links = LexborHTMLParser(page).css("a[href]")
    return [urldefrag(link.attributes["href"] or "")[0] for link in links]


def _is_file_address(url: str) -> bool:
    """Whether an address is that of a file or a folder: without a query and without a way up."""
    parts = urlsplit(url)
    names = unquote(parts.path).strip("/").split("/")
    return not parts.query and not {"", ".", ".."} & set(names)
