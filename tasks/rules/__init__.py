"""competition.toml to Competition."""
