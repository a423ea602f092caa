"""Prefect: the nightly flow, requests, deployments. The only importer of Prefect.

The steps of the night stand in flows.night.
"""
