"""Sentences for people, and times as people type them.

The text of a sentence stands in templates/locale. The content of a page stands in reports.
"""
