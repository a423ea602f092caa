"""A time as a person types it after --as-of."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from tasks.errors import CallError, ErrorMessage


def read_moment(text: str, zone: ZoneInfo) -> datetime:
    """The moment, in the competition's zone, to the second. Raises CallError.

    A date alone is its end, 23:59:59; a time without an offset is local to the zone.
    """
    try:
        if len(text.strip()) <= len("2022-05-15"):
            moment = datetime.combine(date.fromisoformat(text.strip()), time(23, 59, 59))
        else:
            moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise CallError(ErrorMessage("flows.not_a_time", "--as-of", {"text": text})) from None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return aware.astimezone(zone).replace(microsecond=0)


def current_moment(zone: ZoneInfo) -> datetime:
    """This moment by the machine's clock, to the second: the one place where a run reads it."""
    return datetime.now(zone).replace(microsecond=0)
