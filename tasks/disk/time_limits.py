"""How long a place that is not on this disk is waited for, and how often it is asked.

Every call ends in an answer, in FileNotFoundError, or in Unreachable with the cause in a word.
"""

import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit, urlunsplit

from tasks.errors import ErrorMessage, NotPublished

T = TypeVar("T")
_ADDRESS_IN_TEXT = re.compile(r"[a-z][a-z0-9+.]*://\S+", re.IGNORECASE)


@dataclass(frozen=True)
class Patience:
    """Seconds for a connection, from one byte to the next, for the whole; and the pauses before
    asking again.
    """

    connect: float = 10.0
    read: float = 30.0
    whole: float = 600.0
    pauses: tuple[float, ...] = (1.0, 4.0)


PATIENCE = Patience()


class Unreachable(NotPublished):
    """A place that did not give what was asked. `cause`: `sources.cause.<cause>` says it with
    `params`.

    `lasts`: asking again at once would give the same.
    """

    def __init__(self, cause: str, address: str, lasts: bool = True, **params: Any):
        self.cause = cause
        self.address = address_without_secrets(address)
        self.lasts = lasts
        self.params = params
        reason = ErrorMessage(f"sources.cause.{cause}", params=params)
        super().__init__(ErrorMessage("sources.unreachable", self.address, {"cause": reason}))


def address_without_secrets(address: str) -> str:
    """The address as a page may show it: without user, password and query, where keys stand."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address.partition("://")[0] + "://…"
    if not parts.scheme or "://" not in address:
        return address
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, parts.path, "", ""))


def call_with_retries(address: str, call: Callable[[], T], patience: Patience = PATIENCE) -> T:
    """The answer of the call, which is made again, after a pause, where it failed and may not fail
    again.

    Raises FileNotFoundError, and Unreachable for all else.
    """
    for pause in patience.pauses:
        try:
            return call_in_time(patience.whole, address, call)
        except Unreachable as error:
            if error.lasts:
                raise
            time.sleep(pause)
    return call_in_time(patience.whole, address, call)


def call_in_time(seconds: float, address: str, call: Callable[[], T]) -> T:
    """The answer of the call. Raises Unreachable where it takes longer.

    A call that hangs is left behind: not every storage has time-outs of its own.
    """
    answers: list[T] = []
    raised: list[BaseException] = []

    def run() -> None:
        try:
            answers.append(call())
        except BaseException as error:  # goes on in the thread that asked
            raised.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        raise Unreachable("timeout", address)
    if raised:
        raise _translate_failure(raised[0], address) from raised[0]
    return answers[0]


def _translate_failure(error: BaseException, address: str) -> BaseException:
    """The failure as Unreachable, where it is no FileNotFoundError.

    Each storage's library raises classes of its own; words in their names say what failed.
    """
    if isinstance(error, Unreachable | FileNotFoundError) or not isinstance(error, Exception):
        return error
    if isinstance(error, ImportError):
        return Unreachable("library", address, detail=_error_detail(error))
    names = " ".join(kind.__name__ for kind in type(error).__mro__)
    if isinstance(error, PermissionError) or "Credential" in names or "Auth" in names:
        return Unreachable("forbidden", address)
    if isinstance(error, TimeoutError) or "Timeout" in names:
        return Unreachable("timeout", address, lasts=False)
    if isinstance(error, ConnectionError) or "Connect" in names:
        return Unreachable("connect", address, lasts=False)
    lasts = isinstance(error, ValueError)
    return Unreachable("failed", address, lasts=lasts, detail=_error_detail(error))


def _error_detail(error: Exception) -> str:
    """The library's own words in one line, without addresses, which may hold keys."""
    line = " ".join(str(error).split())
    return _ADDRESS_IN_TEXT.sub("…", line)[:200] or type(error).__name__
