"""What tests of every room may use: servers on loopback, and Great Expectations, imported once."""

import pytest

from tests.loopback import bucket, s3_server, web

__all__ = ["bucket", "s3_server", "web"]

COMPUTING = {
    "flows",
    "spec",
    "differential",
    "cases",
}  # folders of tests that run whole nights and checks


@pytest.fixture(scope="session", autouse=True)
def great_expectations_here(request: pytest.FixtureRequest) -> None:
    """Nights and checks in this process use it here: each would start one of its own beside
    (flows/beside.py).
    """
    if any(COMPUTING & set(item.path.parts) for item in request.session.items):
        from tasks.validation import expectations

        expectations.load_library()
