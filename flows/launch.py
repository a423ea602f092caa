"""The nightly flow, now: Prefect's own start overlaps with the imports, and is spared where nothing is new.

With a server (PREFECT_API_URL) every night is a flow run on its page. Without one, a
night with nothing new does not start one: there would be nothing to see and no one to see it.
"""

import os
import threading
from typing import Any

from flows import night
from flows.inputs import Request, gather
from flows.night import Outcome, Progress, silent
from reports import pdf
from tasks.store import lock

_CONSOLE = "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL"  # the command says what there is to say


def launch(request: Request, progress: Progress = silent) -> Outcome:
    """The outcome of the night. Raises UserError."""
    if not os.environ.get("PREFECT_API_URL") and night.unchanged(gather(request)):
        with lock.held(request.kipp):
            inputs = gather(request)
            if night.unchanged(inputs):
                return night.quiet(inputs)
    return _as_flow(request, progress)


def _as_flow(request: Request, progress: Progress) -> Outcome:
    os.environ.setdefault(_CONSOLE, "CRITICAL")
    os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "120")
    progress("start", 0, 1)
    starting = _server_in_background()
    pdf.warm()
    from flows import computing, publishing  # noqa: F401  # loaded while the server starts
    from flows.nightly import PROGRESS, nightly

    starting.join()
    PROGRESS.set(progress)
    state = nightly(str(request.folder), request.as_of, request.out, request.accept_vanished, return_state=True)
    return _result(state)


def _server_in_background() -> threading.Thread:
    """Starts Prefect's temporary server where there is no other; ended, it answers, or the flow will say why not."""

    def start() -> None:
        from prefect.server.api.server import SubprocessASGIServer
        from prefect.settings import PREFECT_API_URL

        if not PREFECT_API_URL.value():
            SubprocessASGIServer().start()

    thread = threading.Thread(target=start, daemon=True)
    thread.start()
    return thread


def _result(state: Any) -> Outcome:
    result = state.result(raise_on_failure=False)
    if isinstance(result, BaseException):
        raise result
    assert isinstance(result, Outcome), result
    return result
