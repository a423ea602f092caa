"""Content to HTML, PDF, workbooks, terminal text."""
