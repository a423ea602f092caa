"""The night, step by step: gather, read, compute, publish.

Who starts a night stands in flows.prefect and flows.terminal; what a step computes, in tasks.
"""
