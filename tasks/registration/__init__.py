"""Delivered rows to innovations: identity, which row counts, decisions, published ids.

Matching names is in tasks.names, checking cells in tasks.validation.
"""
