"""The keys of remote storages: from a Prefect block that the environment names.

Without KIPP_STORAGE_BLOCK each storage's library finds its keys in the environment by itself. The
block is a Secret that holds JSON: options by protocol, as docs/sources.md says. The program keeps
no keys of its own.
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
    """The options by protocol; none where no block is named.

    Raises CallError for a block that is absent, or that holds something else.
    """
    name = os.environ.get(BLOCK_VARIABLE)
    return _block_options(name) if name else {}


@cache
def _block_options(name: str) -> StorageOptions:
    from prefect.blocks.system import Secret  # start-up time: most nights have no block

    try:
        block: Any = Secret.load(name)
    except Exception as error:  # whatever the reason is, a person has to look at the block
        message = ErrorMessage("sources.block_absent", BLOCK_VARIABLE, {"block": name})
        raise CallError(message) from error
    options: Any = _block_content(block.get())
    if not _are_options(options):
        params = {"block": name, "example": BLOCK_EXAMPLE}
        raise CallError(ErrorMessage("sources.block_wrong", BLOCK_VARIABLE, params))
    return dict(options)


def _block_content(content: Any) -> Any:
    """The values of a block, which holds JSON or the values themselves; None for other texts."""
    if not isinstance(content, str):
        return content
    try:
        return json.loads(content)
    except ValueError:
        return None


def _are_options(values: Any) -> bool:
    """Whether the values are a mapping of mappings."""
    if not isinstance(values, Mapping):
        return False
    return all(isinstance(options, Mapping) for options in values.values())
