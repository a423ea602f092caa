"""Which documents a run has, and the key of each document.

The path of a page stands in reports.content.paths, the bytes of a format in reports.formats.
"""
