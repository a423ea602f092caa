"""A module a report: a frozen dataclass with content only, and the pure function that builds it."""
