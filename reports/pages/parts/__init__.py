"""Parts that several pages share: listings, excerpts, books, a phase's head."""
