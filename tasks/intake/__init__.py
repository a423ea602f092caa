"""Exports -> rows: delivered files are read as tables, headings as fields, cells as text; then the
cells are typed.

files/ reads bytes, tables/ finds headings and rows, services/ knows the form services, cells/ reads
one cell. Which rows count, and of which innovation they are, is not decided here.
"""
