"""How a place that is not on this disk is asked: again where that may help, and never without an
end.
"""

import time

import pytest

from tasks.disk.time_limits import (
    Patience,
    Unreachable,
    address_without_secrets,
    call_in_time,
    call_with_retries,
)
from tasks.errors import ErrorMessage
from tests.loopback import QUICK

PLACE = "s3://kipp/inbox"


def _failing(*errors: BaseException):
    """A call that fails with each of these in turn, and then answers; and the list of its calls."""
    calls: list[int] = []

    def call() -> str:
        calls.append(1)
        if len(calls) <= len(errors):
            raise errors[len(calls) - 1]
        return "answer"

    return call, calls


def test_an_answer_is_given_as_it_is():
    assert call_with_retries(PLACE, lambda: [1, 2], QUICK) == [1, 2]


@pytest.mark.parametrize(
    "error", [ConnectionResetError(), TimeoutError(), RuntimeError("503 Slow Down")]
)
def test_what_may_pass_is_asked_again(error):
    call, calls = _failing(error, error)
    assert (call_with_retries(PLACE, call, QUICK), len(calls)) == ("answer", 3)


def test_after_the_last_pause_it_is_asked_once_more_and_no_more():
    call, calls = _failing(*[ConnectionResetError()] * 9)
    with pytest.raises(Unreachable):
        call_with_retries(PLACE, call, QUICK)
    assert len(calls) == 3


def test_between_two_askings_there_is_a_pause():
    call, _ = _failing(ConnectionResetError(), ConnectionResetError())
    started = time.monotonic()
    call_with_retries(PLACE, call, Patience(pauses=(0.05, 0.1)))
    assert time.monotonic() - started >= 0.15


@pytest.mark.parametrize(
    "error",
    [PermissionError(), ImportError("Install s3fs"), ValueError("no such"), FileNotFoundError()],
)
def test_what_lasts_is_not_asked_again(error):
    call, calls = _failing(error)
    with pytest.raises((Unreachable, FileNotFoundError)):
        call_with_retries(PLACE, call, QUICK)
    assert len(calls) == 1


class NoCredentialsError(Exception):
    """As botocore calls it."""


class EndpointConnectionError(Exception):
    """As botocore calls it."""


class ReadTimeoutError(Exception):
    """As botocore calls it."""


@pytest.mark.parametrize(
    ("error", "cause", "params"),
    [
        (PermissionError("Access Denied"), "forbidden", {}),
        (NoCredentialsError(), "forbidden", {}),
        (EndpointConnectionError(), "connect", {}),
        (ConnectionRefusedError(), "connect", {}),
        (ReadTimeoutError(), "timeout", {}),
        (
            ImportError("Install s3fs to access S3"),
            "library",
            {"detail": "Install s3fs to access S3"},
        ),
        (OSError("disk\nquota"), "failed", {"detail": "disk quota"}),
        (RuntimeError(), "failed", {"detail": "RuntimeError"}),
    ],
)
def test_a_failure_is_told_in_our_words(error, cause, params):
    call, _ = _failing(*[error] * 3)
    with pytest.raises(Unreachable) as failure:
        call_with_retries(PLACE, call, QUICK)
    assert (failure.value.cause, failure.value.params, failure.value.__cause__) == (
        cause,
        params,
        error,
    )


def test_a_key_in_the_words_of_a_library_is_not_passed_on():
    call, _ = _failing(ValueError("cannot open s3://key:secret@host/a?sig=abc now"))
    with pytest.raises(Unreachable) as failure:
        call_with_retries(PLACE, call, QUICK)
    assert failure.value.params == {"detail": "cannot open … now"}


def test_a_file_that_is_not_there_stays_that():
    with pytest.raises(FileNotFoundError):
        call_with_retries(PLACE, _failing(FileNotFoundError())[0], QUICK)


def test_an_interruption_goes_through():
    with pytest.raises(KeyboardInterrupt):
        call_with_retries(PLACE, _failing(KeyboardInterrupt())[0], QUICK)


def test_what_hangs_is_left_behind():
    started = time.monotonic()
    with pytest.raises(Unreachable) as failure:
        call_in_time(0.05, PLACE, lambda: time.sleep(1))
    assert (failure.value.cause, time.monotonic() - started < 0.5) == ("timeout", True)


def test_a_place_that_hung_is_not_asked_again():
    calls = []

    def hang() -> None:
        calls.append(1)
        time.sleep(0.5)

    with pytest.raises(Unreachable):
        call_with_retries(PLACE, hang, Patience(whole=0.05, pauses=(0.01,)))
    assert len(calls) == 1


def test_it_is_a_problem_that_a_person_can_mend_and_nothing_is_published():
    failure = Unreachable("status", "https://juri:rahasia@host/a?token=t", status=503)
    cause = ErrorMessage("sources.cause.status", params={"status": 503})
    assert failure.problems == (
        ErrorMessage("sources.unreachable", "https://host/a", {"cause": cause}),
    )
    assert failure.exit_code == 3


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://user:pass@host:8443/a/b.csv?token=abc#part", "https://host:8443/a/b.csv"),
        ("s3://kipp/inbox", "s3://kipp/inbox"),
        ("/srv/kipp/inbox", "/srv/kipp/inbox"),
        ("submissions/formulir.url", "submissions/formulir.url"),
        ("http://[half/a", "http://…"),
    ],
)
def test_an_address_is_shown_without_its_keys(address, shown):
    assert address_without_secrets(address) == shown
