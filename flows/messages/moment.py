"""The moment of a run: as a person types it after --as-of, else by the machine's clock."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from tasks.errors import CallError, ErrorMessage


def read_moment(text: str, zone: ZoneInfo) -> datetime:
    """The moment that the text names, in the competition's zone, to the second.

    A date alone is the last second of its day, 23:59:59; a time without an offset is local to the
    zone. Raises CallError for a text that is neither.
    """
    trimmed = text.strip()
    try:
        if len(trimmed) <= len("2022-05-15"):
            moment = datetime.combine(date.fromisoformat(trimmed), time(23, 59, 59))
        else:
            moment = datetime.fromisoformat(trimmed)
    except ValueError:
        raise CallError(ErrorMessage("flows.not_a_time", "--as-of", {"text": text})) from None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return aware.astimezone(zone).replace(microsecond=0)


def current_moment(zone: ZoneInfo) -> datetime:
    """This moment by the machine's clock, to the second. A run reads the clock here alone."""
    return datetime.now(zone).replace(microsecond=0)
