"""What touches the world: inbox, storage, raw copies, runs, cache, lock."""
