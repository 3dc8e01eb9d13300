"""Dates as mail programs write them, as aware datetimes in London time."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from dateparser.date import DateDataParser

LONDON = ZoneInfo("Europe/London")
_EARLIEST, _LATEST = 2000, 2100
_TEXT_CHARACTERS = 120  # no date is longer

_HALF_DAY = re.compile(r"\d ?[ap]\.?m\b", re.IGNORECASE)
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
# dateparser fills in the year of `yesterday`; what merely lacks a year it refuses by itself (REQUIRE_PARTS).
_YEAR = re.compile(rf"\b(?:20\d\d|\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d\d|{_MONTH},? \d\d)\b", re.IGNORECASE)
_NUMBERS = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](?:20)?\d\d\b")
_WEEKDAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\b", re.IGNORECASE)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _parser(order: str) -> DateDataParser:
    settings = {"DATE_ORDER": order, "REQUIRE_PARTS": ["day", "month", "year"]}
    return DateDataParser(languages=["en"], settings=settings)


_DAY_FIRST, _MONTH_FIRST = _parser("DMY"), _parser("MDY")


def header_date(text: str) -> datetime | None:
    """A `Date` or `Received` header's date (RFC 5322, section 3.3), or None; no zone means London time."""
    text = text[:_TEXT_CHARACTERS]
    if _HALF_DAY.search(text):  # email.utils drops AM and PM without a word
        return written_date(text)[0]
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError, TypeError, IndexError):
        return written_date(text)[0]
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC if "-0000" in text else LONDON)
    return _plausible(moment)


def written_date(text: str, not_after: datetime | None = None) -> tuple[datetime | None, str]:
    """The date a forwarded mail's header block shows, or None, and a note (empty when nothing was guessed).

    A date without a year is refused. `7/8/2026` may be August or July: a reading later than `not_after` (the
    forwarder's own date) plus a day or off its weekday is dropped, and of two left the earlier one is taken.
    `07/08/2026` is read with the day first: where the month stands first, mail programs write no zeros.
    """
    text = " ".join(text.replace(" ", " ").replace(" ", " ").split())[:_TEXT_CHARACTERS]
    if not _YEAR.search(text):
        return None, ""
    first = _read(_DAY_FIRST, text)
    numbers = _NUMBERS.search(text)
    if numbers is None or max(int(numbers[1]), int(numbers[2])) > 12 or numbers[1] == numbers[2]:
        return first, ""
    readings = [moment for moment in (first, _read(_MONTH_FIRST, text)) if moment]
    if not_after is not None:
        readings = [moment for moment in readings if moment <= not_after + timedelta(days=1)] or readings
    if weekday := _WEEKDAY.search(text):
        wanted = _WEEKDAYS.index(weekday[1].lower())
        readings = [moment for moment in readings if moment.weekday() == wanted] or readings
    if len(readings) < 2:
        return next(iter(readings), None), ""
    if "0" in (numbers[1][0], numbers[2][0]):
        return (
            first,
            "The original's date can be read with the day or the month first; the day was read first.",
        )
    return min(
        readings
    ), "The original's date can be read with the day or the month first; the earlier day was taken."


def _read(parser: DateDataParser, text: str) -> datetime | None:
    try:
        moment = parser.get_date_data(text).date_obj
    except (ValueError, OverflowError):
        return None
    if moment is None:
        return None
    return _plausible(moment if moment.tzinfo else moment.replace(tzinfo=LONDON))


def _plausible(moment: datetime) -> datetime | None:
    return _in_london(moment) if _EARLIEST <= moment.year < _LATEST else None


def _in_london(moment: datetime) -> datetime:
    """The moment on London's clocks, with a fixed offset.

    A datetime with a ZoneInfo in the hour that the clocks repeat equals no other (PEP 495), and adding hours to
    one is wrong over a change of clocks.
    """
    local = moment.astimezone(LONDON)
    return local.replace(tzinfo=timezone(local.utcoffset() or timedelta(0)), fold=0)


_SKEW = timedelta(days=1)
_LATE = timedelta(days=3)
_FAR = timedelta(days=3 * 366)


def sent(date: str, received: str, arrived: datetime) -> tuple[datetime, str, tuple[str, ...]]:
    """When a mail was sent: the moment, which date that is in words, and notes.

    `date` and `received` are its Date header and its topmost Received header (RFC 5322, sections 3.6.1 and
    3.6.7); `arrived` is when the source got it. A Date header later than the delivery is not believed. Where
    no server has stamped the mail, `arrived` may only be a file's date, so it overrules nothing short of years.
    """
    written = header_date(date) if date else None
    delivered = header_date(received.rpartition(";")[2].strip()) if received else None
    arrived = _in_london(arrived)
    fallback = (delivered, "the topmost Received header") if delivered else (arrived, "its arrival")
    if written is None:
        problem = "The mail's Date header could not be read" if date else "The mail has no Date header"
        return *fallback, (f"{problem}, so {fallback[1]} counts.",)
    if written > (delivered + _SKEW if delivered else arrived + _FAR):
        return *fallback, (f"The mail's Date header is later than its delivery, so {fallback[1]} counts.",)
    notes: tuple[str, ...] = ()
    if delivered and delivered - written > _LATE:
        notes = (f"The mail's Date header is {(delivered - written).days} days earlier than its delivery.",)
    return written, "the Date header", notes
