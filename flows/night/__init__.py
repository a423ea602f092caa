"""The night, step by step: gather, read, compute, publish."""
