"""Touches the world: what storages are opened with: a Prefect block that the environment names, and
nothing of ours.

Without KIPP_STORAGE_BLOCK each storage's library finds its credentials in the environment by
itself. The block is a Secret that holds JSON: options by protocol, as docs/sources.md says.
"""

import json
import os
from collections.abc import Mapping
from functools import cache
from typing import Any

from tasks.errors import CallError, Problem
from tasks.store.places import Options

NAMED_BY = "KIPP_STORAGE_BLOCK"
EXAMPLE = '{"s3": {"key": "…", "secret": "…"}}'


def options() -> Options:
    """The options by protocol; none where no block is named. Raises CallError for one that is
    absent or wrong.
    """
    name = os.environ.get(NAMED_BY)
    return _of_block(name) if name else {}


@cache
def _of_block(name: str) -> Options:
    from prefect.blocks.system import Secret  # a night without a block does without it

    try:
        block: Any = Secret.load(name)
    except Exception as error:  # whatever keeps Prefect from giving it, a person has to look
        raise CallError(Problem("sources.block_absent", NAMED_BY, {"block": name})) from error
    return _checked(block.get(), name)


def _checked(held: Any, name: str) -> Options:
    try:
        values = json.loads(held) if isinstance(held, str) else held
    except ValueError:
        values = None
    if not isinstance(values, Mapping) or not all(
        isinstance(inner, Mapping) for inner in values.values()
    ):
        raise CallError(
            Problem("sources.block_wrong", NAMED_BY, {"block": name, "example": EXAMPLE})
        )
    return values
