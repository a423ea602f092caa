"""Content to HTML, PDF, workbooks and terminal text; charts and typefaces.

Which documents a run has is decided in reports.documents.
"""
