"""The only room of tasks that touches the world: inbox, storage, raw copies, runs, cache, lock.

Parsing stands in tasks.intake. Only flows import this room.
"""
