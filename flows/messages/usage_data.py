"""Usage data of libraries stay off: nothing about a government's competition leaves the machine."""

import os

_SWITCHES = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "GX_ANALYTICS_ENABLED": "false",
}


def turn_off_usage_data() -> None:
    """Sets the switches in the environment of this process and of those that it starts.

    Every process calls this before it imports Prefect or Great Expectations.
    """
    os.environ.update(_SWITCHES)
