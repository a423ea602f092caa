"""Competitions to run, shipped with the program so that `kipp new --sample` has one. Data, no
code.
"""
