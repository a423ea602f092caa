"""Reviewed corrections of delivered cells."""
