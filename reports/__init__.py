"""What a reader sees: Results in, documents out. Reports compute no result again."""
