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

from flows.messages import sentences
from flows.night import night
from flows.night.gather import Request, gather_inputs
from flows.night.outcome import NightOutcome, ProgressCallback, show_no_progress
from reports.formats import pdf
from tasks.disk import lock

_LOG_LEVELS = ("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", "PREFECT_LOGGING_INTERNAL_LEVEL")


def launch_night(request: Request, progress: ProgressCallback = show_no_progress) -> NightOutcome:
    """The outcome of the night. Raises UserError."""
    if not os.environ.get("PREFECT_API_URL") and night.is_unchanged(gather_inputs(request)):
        with lock.hold_folder(request.kipp):
            inputs = gather_inputs(request)
            if night.is_unchanged(inputs):
                return night.record_quiet_night(inputs)
    return _run_flow(request, progress)


def _run_flow(request: Request, progress: ProgressCallback) -> NightOutcome:
    for log in _LOG_LEVELS:  # the command says what there is to say
        os.environ.setdefault(log, "CRITICAL")
    os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "120")
    progress("start", 0, 1)
    starting = _start_server()
    pdf.warm_fork_server()
    # loaded while the server starts
    from flows.night import compute, publish  # noqa: F401  # start-up time
    from flows.prefect.nightly import PROGRESS, nightly  # start-up time

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
        words = sentences.folder_words(request.folder)
        sentences.say_sentence(words.say("flows.without_prefect", cause=_error_cause(error)))
        return night.run_night(request, progress=progress)
    return _flow_outcome(state)


def _is_interrupted(error: BaseException | None) -> bool:
    """Whether it came up while Ctrl-C, or what Prefect makes of SIGTERM, was being dealt with."""
    from prefect.exceptions import TerminationSignal  # start-up time

    while error is not None and not isinstance(error, KeyboardInterrupt | TerminationSignal):
        error = error.__context__
    return error is not None


def _error_cause(error: Exception) -> str:
    """The last line of what Prefect says went wrong, or what kind of error it is."""
    return (str(error).strip().splitlines() or [type(error).__name__])[-1]


def _start_server() -> threading.Thread:
    """Starts Prefect's temporary server where there is no other; ended, it answers, or the flow
    will say why not.

    Ctrl-C is not for the server (a thread's blocked signals are those of what it starts): the flow
    has to tell it last.
    """

    def start() -> None:
        from prefect.server.api.server import SubprocessASGIServer  # start-up time
        from prefect.settings import PREFECT_API_URL  # start-up time

        if not PREFECT_API_URL.value():
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
            SubprocessASGIServer().start()

    thread = threading.Thread(target=start, daemon=True)
    thread.start()
    return thread


def _flow_outcome(state: Any) -> NightOutcome:
    result = state.result(raise_on_failure=False)
    if isinstance(result, BaseException):
        raise result
    assert isinstance(result, NightOutcome), result
    return result
