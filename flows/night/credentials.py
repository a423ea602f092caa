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

from tasks.disk.storage import StorageOptions
from tasks.errors import CallError, ErrorMessage

BLOCK_VARIABLE = "KIPP_STORAGE_BLOCK"
BLOCK_EXAMPLE = '{"s3": {"key": "…", "secret": "…"}}'


def storage_options() -> StorageOptions:
    """The options by protocol; none where no block is named. Raises CallError for one that is
    absent or wrong.
    """
    name = os.environ.get(BLOCK_VARIABLE)
    return _block_options(name) if name else {}


@cache
def _block_options(name: str) -> StorageOptions:
    from prefect.blocks.system import Secret  # start-up time: most nights have no block

    try:
        block: Any = Secret.load(name)
    except Exception as error:  # whatever keeps Prefect from giving it, a person has to look
        raise CallError(
            ErrorMessage("sources.block_absent", BLOCK_VARIABLE, {"block": name})
        ) from error
    return _check_block(block.get(), name)


def _check_block(held: Any, name: str) -> StorageOptions:
    try:
        values = json.loads(held) if isinstance(held, str) else held
    except ValueError:
        values = None
    if not isinstance(values, Mapping) or not all(
        isinstance(inner, Mapping) for inner in values.values()
    ):
        raise CallError(
            ErrorMessage(
                "sources.block_wrong", BLOCK_VARIABLE, {"block": name, "example": BLOCK_EXAMPLE}
            )
        )
    return values
