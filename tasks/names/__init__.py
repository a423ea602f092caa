"""What people typed to what they meant: titles, agencies, categories, people, submissions.

docs/methods/agency-matching.md and docs/methods/near-titles.md have the rules. A register's tables are
read in tasks.register.
"""
