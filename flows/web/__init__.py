"""The published pages in a browser."""
