"""How one innovation came to stand where it stands."""
