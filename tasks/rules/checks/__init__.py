"""What several keys of competition.toml show together."""
