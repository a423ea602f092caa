"""The pages of the phases: registration, screening, judging, nomination, minutes."""
