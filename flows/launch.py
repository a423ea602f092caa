"""The nightly flow, now: Prefect's own start overlaps with the imports, and is spared where nothing
is new.

With a server (PREFECT_API_URL) every night is a flow run on its page. Without one, a
night with nothing new does not start one: there would be nothing to see and no one to see it.

Prefect shows a night, and the night does not depend on it: where its server does not answer, or
goes in the middle, the night is done here all the same.
"""

import os
import signal
import threading
from typing import Any

from flows import messages, night
from flows.inputs import Request, gather
from flows.night import Outcome, Progress, silent
from reports import pdf
from tasks.store import lock

_LOGS = ("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", "PREFECT_LOGGING_INTERNAL_LEVEL")


def launch(request: Request, progress: Progress = silent) -> Outcome:
    """The outcome of the night. Raises UserError."""
    if not os.environ.get("PREFECT_API_URL") and night.unchanged(gather(request)):
        with lock.held(request.kipp):
            inputs = gather(request)
            if night.unchanged(inputs):
                return night.quiet(inputs)
    return _as_flow(request, progress)


def _as_flow(request: Request, progress: Progress) -> Outcome:
    for log in _LOGS:  # the command says what there is to say
        os.environ.setdefault(log, "CRITICAL")
    os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "120")
    progress("start", 0, 1)
    starting = _server_in_background()
    pdf.warm()
    from flows import computing, publishing  # noqa: F401  # loaded while the server starts
    from flows.nightly import PROGRESS, nightly

    starting.join()
    PROGRESS.set(progress)
    try:
        state = nightly(
            str(request.folder),
            request.as_of,
            request.out,
            request.accept_vanished,
            return_state=True,
        )
    except Exception as error:  # Prefect's own: what the night raises is in the state
        if _is_interrupted(error):
            raise KeyboardInterrupt from error
        words = messages.of_folder(request.folder)
        messages.say(words.say("flows.without_prefect", cause=_cause(error)))
        return night.night(request, progress=progress)
    return _result(state)


def _is_interrupted(error: BaseException | None) -> bool:
    """Whether it came up while Ctrl-C, or what Prefect makes of SIGTERM, was being dealt with."""
    from prefect.exceptions import TerminationSignal

    while error is not None and not isinstance(error, KeyboardInterrupt | TerminationSignal):
        error = error.__context__
    return error is not None


def _cause(error: Exception) -> str:
    """The last line of what Prefect says went wrong, or what kind of error it is."""
    return (str(error).strip().splitlines() or [type(error).__name__])[-1]


def _server_in_background() -> threading.Thread:
    """Starts Prefect's temporary server where there is no other; ended, it answers, or the flow
    will say why not.

    Ctrl-C is not for the server (a thread's blocked signals are those of what it starts): the flow
    has to tell it last.
    """

    def start() -> None:
        from prefect.server.api.server import SubprocessASGIServer
        from prefect.settings import PREFECT_API_URL

        if not PREFECT_API_URL.value():
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
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
