"""A module a page: a frozen dataclass with content only, and the pure function that builds it.

HTML, PDF and workbooks are made in reports.formats.
"""
