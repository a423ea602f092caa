"""Prefect: the nightly flow, requests, deployments. The only importer of Prefect."""
