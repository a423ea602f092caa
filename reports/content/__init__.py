"""The parts that pages are made of: page, paths, edition, records, problems.

A page itself stands in reports.pages, a document in reports.documents.
"""
