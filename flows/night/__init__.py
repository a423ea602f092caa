"""The night, step by step: gather, read, compute, publish.

Prefect stands in flows.prefect. A step's own computing stands in tasks.
"""
