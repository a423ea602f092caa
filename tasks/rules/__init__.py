"""competition.toml to Competition; every mistake is reported at once.

The tables of the folder are in tasks.register.
"""
