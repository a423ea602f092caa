"""The pages of the phases."""
