"""What runs, when, in which order. No usage data of a government's competition leaves the
machine.
"""

import os

os.environ.update(
    PREFECT_SERVER_ANALYTICS_ENABLED="false", DO_NOT_TRACK="1", GX_ANALYTICS_ENABLED="false"
)
