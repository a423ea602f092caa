"""The bureau's own pages and workbooks."""
