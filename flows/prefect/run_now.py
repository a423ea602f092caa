"""The nightly flow, now.

With a server of Prefect (PREFECT_API_URL) every night is a flow run on the server's page. Without a
server, Prefect starts a temporary server while the libraries are imported; a night with nothing new
does without, because there is nothing to see.

Prefect shows a night, and the night does not depend on Prefect: where the server does not answer,
or ends in the middle, the night is done here all the same.
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
    """The outcome of the night, which runs as a Prefect flow where anything is new.

    Raises UserError.
    """
    if not os.environ.get("PREFECT_API_URL") and night.is_unchanged(gather_inputs(request)):
        with lock.hold_folder(request.kipp):
            inputs = gather_inputs(request)
            if night.is_unchanged(inputs):
                return night.record_quiet_night(inputs)
    return _run_flow(request, progress)


def _run_flow(request: Request, progress: ProgressCallback) -> NightOutcome:
    _set_up_prefect()
    progress("start", 0, 1)
    start = _start_server()
    pdf.warm_fork_server()
    # loaded while the server starts
    from flows.night import compute, publish  # noqa: F401  # start-up time
    from flows.prefect.nightly import PROGRESS, nightly  # start-up time

    start.join()
    PROGRESS.set(progress)
    try:
        state = nightly(
            str(request.folder),
            request.as_of,
            request.out,
            request.accept_vanished,
            return_state=True,
        )
    except Exception as error:  # an error of Prefect's; an error of the night is in the state
        if _is_interrupted(error):
            raise KeyboardInterrupt from error
        _say_without_prefect(request, error)
        return night.run_night(request, progress=progress)
    return _flow_outcome(state)


def _set_up_prefect() -> None:
    """Sets what Prefect reads from the environment, where it is not set."""
    for level in _LOG_LEVELS:  # the command itself says how the night went
        os.environ.setdefault(level, "CRITICAL")
    os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "120")


def _say_without_prefect(request: Request, error: Exception) -> None:
    """Says that the night is done without Prefect, and why."""
    words = sentences.folder_words(request.folder)
    sentences.say_sentence(words.say("flows.without_prefect", cause=_error_cause(error)))


def _is_interrupted(error: BaseException | None) -> bool:
    """Whether the error came up while Ctrl-C or a SIGTERM was dealt with."""
    from prefect.exceptions import TerminationSignal  # start-up time

    while error is not None and not isinstance(error, KeyboardInterrupt | TerminationSignal):
        error = error.__context__
    return error is not None


def _error_cause(error: Exception) -> str:
    """The last line of the error's message; the class of an error without a message."""
    lines = str(error).strip().splitlines()
    return lines[-1] if lines else type(error).__name__


def _start_server() -> threading.Thread:
    """A thread that starts Prefect's temporary server where there is no other server.

    When the thread has ended, the server answers, or the flow will say why the server does not.
    The thread blocks Ctrl-C, and a process inherits the blocked signals of the thread that starts
    it: the server has to outlive the command, whose flow tells the server of its end.
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
    """The outcome in the flow's last state. Raises what the night raised."""
    result = state.result(raise_on_failure=False)
    if isinstance(result, BaseException):
        raise result
    assert isinstance(result, NightOutcome), result
    return result
