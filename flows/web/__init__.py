"""The published pages in a browser, as `kipp serve` shows them.

Reports make the pages, and flows.night publishes the pages.
"""
