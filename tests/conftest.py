"""What tests of every room may use: one hypothesis profile, servers on loopback, and Great
Expectations, imported once.
"""

import os

import pytest
from hypothesis import HealthCheck, settings

from flows.messages.usage_data import turn_off_usage_data
from tests.loopback import bucket, s3_server, web

turn_off_usage_data()

__all__ = ["bucket", "s3_server", "web"]

# No deadline: a machine that is busy with other tests is slow and not wrong. In CI the same
# examples each time: a landing is not turned down for a mistake that was there before.
settings.register_profile(
    "house",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=os.environ.get("CI") == "true",
)
settings.load_profile("house")

# Folders of tests that run whole nights and checks.
COMPUTING = {"flows", "spec", "differential", "cases"}


@pytest.fixture(scope="session", autouse=True)
def great_expectations_here(request: pytest.FixtureRequest) -> None:
    """Nights and checks in this process use it here: each would start a process of its own
    (flows/night/evaluation.py).
    """
    if any(COMPUTING & set(item.path.parts) for item in request.session.items):
        from tasks.validation import expectations

        expectations.load_library()
