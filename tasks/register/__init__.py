"""The tables beside competition.toml: agencies, judges, assignments; their checks."""
