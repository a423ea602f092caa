"""Reviewed corrections of delivered cells: what each correction changes, and whether it holds.

Decisions, which are kept apart from the rules' results, are in tasks.registration and tasks.phases.
"""
