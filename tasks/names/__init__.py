"""What people typed to what they meant: titles, agencies, categories, people, submissions.

The rules stand in docs/methods/agency-matching.md and docs/methods/near-titles.md. The tables of
the register are read in tasks.register.
"""
