"""Real servers on loopback: one that answers as a test says, and one that speaks S3."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tasks.disk.time_limits import Patience

QUICK = Patience(
    connect=1.0, read=0.4, whole=3.0, pauses=(0.01, 0.01)
)  # for servers that keep one waiting
PATIENT = Patience(
    connect=30.0, read=30.0, whole=90.0, pauses=(0.01, 0.01)
)  # for those that answer, on a busy machine
CSV = b"Timestamp,Judul inovasi\n01/03/2022 09:00:00,Lentera\n"


@dataclass
class Loopback:
    """A web server. `routes`: what answers a path; `asked`: the requests so far, as (path,
    headers).
    """

    url: str
    routes: dict[str, Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def gives(
        self, path: str, content: bytes = CSV, kind: str = "text/csv", status: int = 200
    ) -> str:
        """Has the path answer with this content; its address."""
        self.routes[path] = lambda request: answer(request, content, kind, status)
        return self.url + path

    def leads(self, path: str, location: str) -> str:
        """Has the path lead on to another address; its address."""
        self.routes[path] = lambda request: answer(
            request, b"", "text/plain", 302, {"Location": location}
        )
        return self.url + path

    def fails(self, path: str, times: int, status: int = 500) -> str:
        """Has the path fail so many times and then answer; its address."""

        def respond(request: BaseHTTPRequestHandler) -> None:
            so_far = sum(asked == path for asked, _ in self.asked)
            answer(request, CSV, "text/csv", status if so_far <= times else 200)

        self.routes[path] = respond
        return self.url + path

    def breaks_off(self, path: str) -> str:
        """Has the path promise more than it sends before it closes; its address."""
        self.routes[path] = lambda request: answer(
            request, CSV, "text/csv", 200, {"Content-Length": "5000"}
        )
        return self.url + path

    def hangs(self, path: str) -> str:
        """Has the path begin, and then say no more; its address."""

        def respond(request: BaseHTTPRequestHandler) -> None:
            answer(request, CSV[:10], "text/csv", 200, {"Content-Length": "5000"})
            time.sleep(1.0)

        self.routes[path] = respond
        return self.url + path

    def drips(self, path: str) -> str:
        """Has the path send a byte now and then, for ever; its address."""

        def respond(request: BaseHTTPRequestHandler) -> None:
            answer(request, b"", "text/csv", 200, {"Content-Length": "5000"})
            for _ in range(100):
                request.wfile.write(b"a")
                request.wfile.flush()
                time.sleep(0.1)

        self.routes[path] = respond
        return self.url + path


def answer(
    request: BaseHTTPRequestHandler,
    content: bytes,
    kind: str,
    status: int,
    headers: dict[str, str] | None = None,
) -> None:
    request.send_response(status)
    for name, value in (
        {"Content-Type": kind, "Content-Length": str(len(content))} | (headers or {})
    ).items():
        request.send_header(name, value)
    request.end_headers()
    request.wfile.write(content)
    request.wfile.flush()


@pytest.fixture
def web() -> Iterator[Loopback]:
    """A server that answers 404 for what a test has not said."""
    with served() as told:
        yield told


@contextmanager
def served() -> Iterator[Loopback]:
    """A server while inside."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.asked.append((self.path, dict(self.headers)))
            missing = lambda request: answer(request, b"", "text/plain", 404)  # noqa: E731  # one line, used once
            try:
                told.routes.get(self.path, missing)(self)
            except OSError:  # the other side had enough
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    told = Loopback(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
    )
    thread.start()
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """The address of a server that speaks S3."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3_server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The URL of an empty bucket; the environment knows the way and the keys."""
    import s3fs

    for name, value in {
        "AWS_ENDPOINT_URL": s3_server,
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "ap-southeast-3",
    }.items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()
    files = s3fs.S3FileSystem()
    files.call_s3(
        "create_bucket",
        Bucket="kipp",
        CreateBucketConfiguration={"LocationConstraint": "ap-southeast-3"},
    )
    yield "s3://kipp"
    files.rm("kipp", recursive=True)
    s3fs.S3FileSystem.clear_instance_cache()
