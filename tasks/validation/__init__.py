"""Rules on cells and keys, checked by Great Expectations over whole frames.

Great Expectations is imported in one module of this room.
"""
