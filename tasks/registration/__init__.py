"""Delivered rows to innovations: identity, which row counts, decisions, published ids."""
