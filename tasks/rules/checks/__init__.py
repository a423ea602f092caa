"""Checks over several keys of competition.toml together: phases, names, judging, settings."""
