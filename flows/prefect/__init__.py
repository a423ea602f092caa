"""Prefect: the nightly flow, requests, deployments. The only importer of Prefect.

The steps of the night stand in flows.night.
"""

from flows.usage_data import turn_off_usage_data

turn_off_usage_data()  # a process of Prefect's own imports a flow from here without our command
