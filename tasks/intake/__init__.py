"""Exports to rows: delivered files become tables, headings become fields, cells become text; then
the cells are typed.

files/ reads bytes, tables/ finds headings and rows, services/ knows the form services, cells/ reads
one cell. Which rows count, and which rows are one innovation, is decided in tasks.registration.
"""
