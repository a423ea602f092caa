"""The schedules, requests, and the published reports in a browser; everything on 127.0.0.1."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flows.messages import sentences
from flows.night.gather import Request, published_runs
from flows.prefect.credentials import storage_options
from flows.web.published import LOOPBACK, start_server
from tasks.disk.folder import load_competition
from tasks.disk.runs import PublishedFolder
from tasks.errors import CallError, ErrorMessage

PREFECT_PORT = 4200
RUNS_AT_ONCE = 2  # flow runs of one server; a folder's own lock keeps its runs apart
START_SECONDS = 120


def serve_folders(folders: list[Path], port: int) -> None:
    """Serves until it is stopped. Raises RulesError and CallError before anything is started."""
    shelf = published_by_name(folders)
    words = sentences.folder_words(folders[0])
    reports = start_server(shelf, port)
    try:
        with prefect_server() as api:
            page = api.removesuffix("/api")
            address = f"http://{LOOPBACK}:{reports.server_port}/"
            sentences.say_sentence(words.say("flows.serving", address=address, prefect=page))
            _serve_deployments(folders)
    finally:
        reports.shutdown()
        reports.server_close()


def published_by_name(folders: list[Path]) -> dict[str, PublishedFolder]:
    """What is published, by the name of its folder."""
    shelf = {}
    for name, folder in folders_by_name(folders).items():
        request = Request(folder, credentials=storage_options)
        shelf[name] = published_runs(request, load_competition(folder))
    return shelf


def folders_by_name(folders: list[Path]) -> dict[str, Path]:
    """The folders by their names. Folders of the same name are numbered.

    A folder that is given twice stands once.
    """
    names: dict[str, Path] = {}
    for folder in dict.fromkeys(folders):
        name, number = folder.name, 2
        while name in names:
            name, number = f"{folder.name}-{number}", number + 1
        names[name] = folder
    return names


@contextmanager
def prefect_server(port: int = PREFECT_PORT) -> Iterator[str]:
    """The address of Prefect's API while inside: of the server that PREFECT_API_URL names, else of
    a server that runs as long.

    Raises CallError where no server answers.
    """
    address = os.environ.get("PREFECT_API_URL")
    if not address:
        with _own_server(port) as own_address:
            yield own_address
        return
    if not _is_healthy(address):
        params = {"address": address}
        raise CallError(ErrorMessage("flows.prefect_does_not_answer", "kipp serve", params))
    yield address


@contextmanager
def _own_server(port: int) -> Iterator[str]:
    """The address of a server of Prefect that runs while inside; PREFECT_API_URL names it there."""
    if _is_port_taken(port):  # a server of others may end at any time, and has other deployments
        raise CallError(ErrorMessage("flows.prefect_did_not_start", "kipp serve", {"port": port}))
    start = [sys.executable, "-m", "prefect", "server", "start"]
    command = [*start, "--host", LOOPBACK, "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://{LOOPBACK}:{port}/api"
    os.environ["PREFECT_API_URL"] = address
    try:
        _wait_for_server(address, server, port)
        yield address
    finally:
        del os.environ["PREFECT_API_URL"]
        server.terminate()
        server.wait(timeout=30)


def _is_port_taken(port: int) -> bool:
    """Whether something listens on the port."""
    try:
        with socket.create_connection((LOOPBACK, port), timeout=1):
            return True
    except OSError:
        return False


def _wait_for_server(api: str, server: "subprocess.Popen[bytes]", port: int) -> None:
    """Returns when the server answers. Raises CallError where it ended or is too slow."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        if _is_healthy(api):
            return
        time.sleep(0.2)
    raise CallError(ErrorMessage("flows.prefect_did_not_start", "kipp serve", {"port": port}))


def _is_healthy(api: str) -> bool:
    """Whether a server answers at the address. To ask for a password is an answer, too."""
    try:
        with urllib.request.urlopen(f"{api.rstrip('/')}/health", timeout=5):
            return True
    except urllib.error.HTTPError as answer:
        return answer.code in (401, 403)
    except (OSError, ValueError):
        return False


def deployments(folders: list[Path]) -> list[Any]:
    """Two deployments per folder: its night, by its own schedule and zone, and a report on request.

    Each deployment runs once at a time.
    """
    prepared = []
    for name, folder in folders_by_name(folders).items():
        prepared += _folder_deployments(name, folder)
    return prepared


def _folder_deployments(name: str, folder: Path) -> list[Any]:
    """The night and the report of one folder, which are deployed under this name."""
    from prefect.schedules import Cron  # start-up time

    from flows.prefect.nightly import nightly  # start-up time
    from flows.prefect.report import requested_report  # start-up time

    competition = load_competition(folder)
    common: dict[str, Any] = {
        "name": name,
        "concurrency_limit": 1,
        "description": competition.name,
        "tags": ["kipp"],
    }
    schedule = Cron(competition.schedule.nightly, timezone=competition.timezone)
    night = {"folder": str(folder)}
    report = night | {"phase": competition.registration.code}
    return [
        nightly.to_deployment(parameters=night, schedule=schedule, **common),
        requested_report.to_deployment(parameters=report, **common),
    ]


def _serve_deployments(folders: list[Path]) -> None:
    import prefect  # start-up time

    prefect.serve(*deployments(folders), limit=RUNS_AT_ONCE, pause_on_shutdown=False)
