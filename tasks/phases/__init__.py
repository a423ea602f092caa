"""What each kind of phase gives, the fold over the phases, and compliance.

What does not belong here: the arithmetic of scores, ranks and cuts (tasks/judging), which rows are
submissions (tasks/registration).
"""
