"""What each kind of phase gives, and the fold over the phases."""
