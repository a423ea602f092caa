"""Findings: the catalogue of their rules, their frame, and the wording for people.

The sentences themselves stand in templates/locale.
"""
