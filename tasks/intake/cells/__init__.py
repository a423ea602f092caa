"""The text of one cell or of one column -> clean text, dates, numbers, answers.

Nothing here knows of files, headings or exports; the columns of the two typed frames that dates.py
and numbers.py need are named there.
"""
