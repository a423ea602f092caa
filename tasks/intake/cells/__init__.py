"""The text of a cell or of a column to clean text, dates, numbers and answers.

Files, headings and exports are not known here. dates.py and numbers.py name the columns of the two
typed frames that these modules need.
"""
