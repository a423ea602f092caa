"""Which documents a run has, where each stands, and its key."""
