"""What several keys of competition.toml show together: every check, one after the other.

The checks see the read file as plain tables from which the values of a wrong type have been taken
out, so that one mistake hides no other. A check leaves out what is not there. The checks of one
topic stand in one module of this room.
"""

from tasks.rules.checks.judging import JUDGING_CHECKS
from tasks.rules.checks.names import NAME_CHECKS
from tasks.rules.checks.phases import PHASE_CHECKS
from tasks.rules.checks.settings import SETTING_CHECKS
from tasks.rules.mistakes import Mistake
from tasks.rules.tree import Tree

_CHECKS = (*NAME_CHECKS, *PHASE_CHECKS, *JUDGING_CHECKS, *SETTING_CHECKS)


def find_mistakes(tree: Tree) -> list[Mistake]:
    """Every mistake that the checks find."""
    return [mistake for check in _CHECKS for mistake in check(tree)]
