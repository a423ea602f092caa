"""Prefect: the nightly flow, requests, deployments, serve. The only importer of Prefect.

The steps of the night stand in flows.night.
"""

from flows.messages.usage_data import turn_off_usage_data

turn_off_usage_data()  # Prefect starts processes that import a flow from here without our command
