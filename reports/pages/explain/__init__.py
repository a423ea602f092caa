"""How one innovation came to its result. The arithmetic here is independent of tasks on purpose:
shared code would repeat its own mistakes.
"""
