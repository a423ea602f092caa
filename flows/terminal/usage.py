"""The help and the complaints of the command-line library in the words of the call: its own are
English alone. Pure.

A complaint that has no words here is said as the library says it.
"""

import re
from typing import Any

from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from tasks.words import Words

_QUOTED_NAME = r"(?P<quote>['\"])(?P<name>.*?)(?P=quote)"  # as Python quotes it
_COMPLAINTS = {  # what the library says -> the end of a message id; the groups are its parameters
    "missing": rf"Missing (?:argument|option|parameter) {_QUOTED_NAME}\..*",
    "no_command": r"Missing command\.",
    "unknown_command.near": rf"No such command {_QUOTED_NAME}\. Did you mean (?P<near>.*)\?",
    "unknown_command": rf"No such command {_QUOTED_NAME}\.",
    "unknown_option.near": r"No such option: (?P<name>\S+) \(Possible options: (?P<near>.*)\)",
    "unknown_option": r"No such option: (?P<name>\S+)",
    "needs_value": rf"Option {_QUOTED_NAME} requires .*",
    "no_value": rf"Option {_QUOTED_NAME} does not take a value\.",
    "extra": r"Got unexpected extra argument\(s\) \((?P<name>.*)\)",
    "choice": (
        rf"Invalid value for {_QUOTED_NAME}: .*?'(?P<value>[^']*)' is not one of (?P<near>.*)\."
    ),
    "whole": rf"Invalid value for {_QUOTED_NAME}: .*valid integer.*",
    "value": rf"Invalid value for {_QUOTED_NAME}: .*",
}
_REMARKS = {"required": r"\[required\]$", "default": r"\[default: (?P<value>.*)\]$"}


def complaint(error: TyperException, words: Words) -> str:
    """What is wrong with the call."""
    said = error.format_message()
    for case, pattern in _COMPLAINTS.items():
        if met := re.fullmatch(pattern, said, re.DOTALL):
            named = met.groupdict()
            if "near" in named:
                named["near"] = named["near"].replace("'", "")
            return words.say(f"usage.{case}", **named)
    return said


class _HelpInWords:
    """What help looks like, for a command and for the group of all; `words` is set before it is
    asked for. Until then its texts are message ids: a command that is run does not wait for the
    catalogue.
    """

    words: Words
    help: Any
    options_metavar: str | None
    params: list[Any]

    def get_help(self, ctx: Any) -> str:
        self.help, self.options_metavar = (
            self.words.say(self.help),
            self.words.say("usage.metavar.options"),
        )
        for parameter in self.params:
            parameter.help = self.words.say(parameter.help)
        self.get_help_option(ctx).help = self.words.say("usage.help")  # type: ignore[attr-defined]  # the library's own
        return str(super().get_help(ctx))  # type: ignore[misc]  # the library's own

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))  # type: ignore[attr-defined]  # the library's own
        bare = pieces.replace("{", "").replace("}", "")
        formatter.write_usage(ctx.command_path, bare, prefix=f"{self.words.say('usage.usage')}: ")

    def format_options(self, ctx: Any, formatter: Any) -> None:
        parameters = self.get_params(ctx)  # type: ignore[attr-defined]  # the library's own
        for kind in ("argument", "option"):
            rows = [
                self._row(one.get_help_record(ctx))
                for one in parameters
                if one.param_type_name == kind
            ]
            self._section(f"usage.{kind}s", rows, formatter)

    def _row(self, record: tuple[str, str]) -> tuple[str, str]:
        """The name without the type that the library puts after it, and the help with its remarks
        in words.
        """
        name, text = record
        for remark, pattern in _REMARKS.items():
            if met := re.search(pattern, text):
                text = (
                    text[: met.start()]
                    + f"[{self.words.say(f'usage.{remark}', **met.groupdict())}]"
                )
        return re.sub(r" <(?:path|str|int|list.*)>", "", name), text

    def _section(self, title: str, rows: list[tuple[str, str]], formatter: Any) -> None:
        if rows:
            with formatter.section(self.words.say(title)):
                formatter.write_dl(rows)


class HelpfulCommand(_HelpInWords, TyperCommand):
    """One command."""


class HelpfulGroup(_HelpInWords, TyperGroup):
    """All commands."""

    def get_help(self, ctx: Any) -> str:
        self.subcommand_metavar = self.words.say("usage.metavar.command")
        return super().get_help(ctx)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        super().format_options(ctx, formatter)
        rows = [
            (name, self.words.say(command.short_help or ""))
            for name, command in self.commands.items()
        ]
        self._section("usage.commands", rows, formatter)
