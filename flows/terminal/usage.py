"""The help and the complaints of the command-line library, in the words of the call.

The library's own sentences are English alone. What is wrong with a call is read from the class and
the fields of its exceptions, and never from their sentences; an exception without words here is
told as the library tells it. What a command does and takes stands in commands.py.
"""

from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from enum import Enum
from typing import Any

from typer._click.exceptions import (  # typer names only BadParameter of them in public
    BadOptionUsage,
    BadParameter,
    MissingParameter,
    NoSuchOption,
    UsageError,
)
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from tasks.words import Words

Complaint = tuple[str, dict[str, str]]  # the end of a message id, and the message's parameters
_NOT_A_NUMBER = ("int_parsing", "int_from_float", "int_type")  # pydantic's names for these errors


class MissingCommand(UsageError):
    """The call names no command."""

    def __init__(self, context: Any) -> None:
        super().__init__("Missing command.", context)


class UnknownCommand(UsageError):
    """The call names a command that there is not; `possibilities`: commands of a similar name."""

    def __init__(self, command: str, possibilities: Sequence[str], context: Any) -> None:
        super().__init__(f"No such command {command!r}.", context)
        self.command = command
        self.possibilities = possibilities


class ExtraArguments(UsageError):
    """The call has more arguments than its command takes."""

    def __init__(self, arguments: Sequence[str], context: Any) -> None:
        super().__init__("Too many arguments.", context)
        self.arguments = arguments


def complaint(error: TyperException, words: Words) -> str:
    """What is wrong with the call."""
    for kind, describe in _COMPLAINTS:
        if isinstance(error, kind):
            case, params = describe(error)
            return words.say(f"usage.{case}", **params)
    return error.format_message()


def _describe_missing_parameter(error: MissingParameter) -> Complaint:
    return "missing", {"name": _parameter_name(error.param)}


def _describe_unknown_option(error: NoSuchOption) -> Complaint:
    return _with_possibilities("unknown_option", error.option_name, error.possibilities or ())


def _describe_option_usage(error: BadOptionUsage) -> Complaint:
    """An option without the value that it takes, or with a value that it does not take."""
    context: Any = error.ctx
    parameters = context.command.get_params(context)
    options = {name: parameter for parameter in parameters for name in parameter.opts}
    case = "no_value" if options[error.option_name].is_flag else "needs_value"
    return case, {"name": error.option_name}


def _describe_value(error: BadParameter) -> Complaint:
    """A value that is none of the choices, no whole number, or wrong in another way."""
    name = {"name": _parameter_name(error.param)}
    cause = _value_error(error)
    choices = error.param.type_descriptor.choices if error.param else None
    if choices is not None and "input" in cause:
        near = ", ".join(_choice_text(choice) for choice in choices)
        return "choice", name | {"value": _printable_text(str(cause["input"])), "near": near}
    return "whole" if cause.get("type") in _NOT_A_NUMBER else "value", name


def _describe_missing_command(error: MissingCommand) -> Complaint:
    return "no_command", {}


def _describe_unknown_command(error: UnknownCommand) -> Complaint:
    return _with_possibilities("unknown_command", error.command, error.possibilities)


def _describe_extra_arguments(error: ExtraArguments) -> Complaint:
    return "extra", {"name": _printable_text(" ".join(error.arguments))}


_COMPLAINTS: tuple[tuple[type[UsageError], Callable[[Any], Complaint]], ...] = (
    (MissingParameter, _describe_missing_parameter),  # before BadParameter, of which it is a kind
    (BadParameter, _describe_value),
    (NoSuchOption, _describe_unknown_option),
    (BadOptionUsage, _describe_option_usage),
    (MissingCommand, _describe_missing_command),
    (UnknownCommand, _describe_unknown_command),
    (ExtraArguments, _describe_extra_arguments),
)


def _with_possibilities(case: str, name: str, possibilities: Iterable[str]) -> Complaint:
    """The complaint about a name, and the names that may have been meant instead."""
    params = {"name": _printable_text(name)}
    near = ", ".join(possibilities)
    return (f"{case}.near", params | {"near": near}) if near else (case, params)


def _parameter_name(parameter: Any) -> str:
    """The name of a parameter as a person types it: DIR, --as-of, -o / --output."""
    is_option = parameter.param_type_name == "option"
    return " / ".join(parameter.opts) if is_option else str(parameter.display_name_raw)


def _value_error(error: BadParameter) -> dict[str, Any]:
    """What pydantic says of a value: its `type` and `input`; empty where another check failed."""
    cause: Any = error.__cause__
    if not hasattr(cause, "errors"):
        return {}
    details: list[dict[str, Any]] = cause.errors()
    return details[0]


def _choice_text(choice: Any) -> str:
    return str(choice.value) if isinstance(choice, Enum) else str(choice)


def _printable_text(text: str) -> str:
    """The text with what would steer a terminal as an escape."""
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii")
        for letter in text
    )


class _HelpInWords:
    """What help looks like, for a command and for the group of all commands.

    `words` is set before help is asked for. Until then the texts are message ids, so that a command
    that is run does not wait for the catalogue.
    """

    words: Words
    help: Any
    options_metavar: str | None
    params: list[Any]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        try:
            rest: list[str] = super().parse_args(ctx, args)  # type: ignore[misc]  # the library's own
        except BadOptionUsage as error:
            error.ctx = ctx  # the library leaves the context out, which has the options
            raise
        return rest

    def get_help(self, ctx: Any) -> str:
        self.help = self.words.say(self.help)
        self.options_metavar = self.words.say("usage.metavar.options")
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
        arguments = [each for each in parameters if each.param_type_name == "argument"]
        options = [each for each in parameters if each.param_type_name == "option"]
        argument_rows = [(_parameter_name(each), self._remarked_help(each)) for each in arguments]
        option_rows = [(_option_heading(each, ctx), self._remarked_help(each)) for each in options]
        self._write_section("usage.arguments", argument_rows, formatter)
        self._write_section("usage.options", option_rows, formatter)

    def _remarked_help(self, parameter: Any) -> str:
        """The help of a parameter, with the remark that it is required or has a default."""
        text = str(parameter.help)
        if parameter.required:
            return f"{text}  [{self.words.say('usage.required')}]"
        if parameter.default is None or parameter.default is False:
            return text
        value = _choice_text(parameter.default)
        return f"{text}  [{self.words.say('usage.default', value=value)}]"

    def _write_section(self, title: str, rows: list[tuple[str, str]], formatter: Any) -> None:
        if rows:
            with formatter.section(self.words.say(title)):
                formatter.write_dl(rows)


def _option_heading(option: Any, context: Any) -> str:
    """The names of an option, and what follows them: a metavar, or the choices."""
    names = ", ".join(sorted(option.opts, key=_dashes))
    if option.is_flag:
        return names
    return f"{names} {option.metavar or option.display_type(context)}"


def _dashes(name: str) -> int:
    """How many dashes an option's name begins with: -o stands before --output."""
    return len(name) - len(name.lstrip("-"))


class HelpfulCommand(_HelpInWords, TyperCommand):
    """One command."""

    allow_extra_args = True  # for the library, so that ExtraArguments can say which they are

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        extra = super().parse_args(ctx, args)
        if extra:
            raise ExtraArguments(extra, ctx)
        return extra


class HelpfulGroup(_HelpInWords, TyperGroup):
    """All commands."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if set(args) <= {"--"}:
            raise MissingCommand(ctx)
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name = args[0]
        if name not in self.commands:
            raise UnknownCommand(name, get_close_matches(name, list(self.commands)), ctx)
        return super().resolve_command(ctx, args)

    def get_help(self, ctx: Any) -> str:
        self.subcommand_metavar = self.words.say("usage.metavar.command")
        return super().get_help(ctx)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        super().format_options(ctx, formatter)
        rows = [
            (name, self.words.say(command.short_help or ""))
            for name, command in self.commands.items()
        ]
        self._write_section("usage.commands", rows, formatter)
