"""Sentences for people, times as people type them, JSON, and the switches of usage data.

The text of a sentence stands in templates/locale. The content of a page stands in reports.
"""
