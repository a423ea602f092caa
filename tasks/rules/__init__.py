"""competition.toml to Competition; every mistake is reported at once.

The tables beside competition.toml are in tasks.register.
"""
