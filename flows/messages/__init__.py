"""Sentences for people, and times as people type them.

What a sentence says stands in templates/locale; what a page says, in reports.
"""
