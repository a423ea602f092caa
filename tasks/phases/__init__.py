"""What each kind of phase gives, and the fold over the phases.

What does not belong here: the arithmetic of scores, ranks and cuts (tasks/judging), which rows are
submissions (tasks/registration).
"""
