"""Dates as mail programs write them, as aware datetimes in London time."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from dateparser.date import DateDataParser

from putright.cases.working_days import in_words

LONDON = ZoneInfo("Europe/London")
_EARLIEST, _LATEST = 2000, 2100
_TEXT_CHARACTERS = 120  # no date is longer
_SPACES = {0xA0: " ", 0x202F: " ", 0x200E: None, 0x200F: None, 0x202A: None, 0x202B: None, 0x202C: None}

_HALF_DAY = re.compile(r"\d ?[ap]\.?m\b", re.IGNORECASE)
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
# dateparser fills in the year of `yesterday`; what merely lacks a year it refuses by itself (REQUIRE_PARTS).
_YEAR = re.compile(
    rf"(?<!\d)20\d\d(?!\d)|\b(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d\d|{_MONTH},? \d\d)\b", re.IGNORECASE
)
_NO_SUCH_YEAR = re.compile(
    r"(?<![\d+:-])(?:1[5-9]|2[1-9])\d\d(?![\d:])|\b\d{1,2}([/.-])\d{1,2}\1(?:1[5-9]|2[1-9])?[5-9]\d\b"
)
_NUMBERS = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](?:20)?\d\d\b")
_WEEKDAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\b", re.IGNORECASE)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


# Zone names that dateparser does not know; words and weekdays that keep it from reading the rest.
_ZONES = {"MEZ": "CET", "MESZ": "CEST", "SEČ": "CET", "SELČ": "CEST", "HEC": "CET", "ЗЕВ": "WET", "Uhr": ""}
_FILLERS = re.compile(
    r"(?<!\w)(?:à\(s\)|kl|klo|kello|kell|plkst|ob|om|um|u|o|v|в|у|о|à|г|р|la|gada|g|m|d|am|den|a les|a las|alle ore|às"
    r"|στις|pukul|vào lúc|lúc|เวลา|saat|h)(?!\w)\.?|[()]|(?:周|星期|週|禮拜)[一二三四五六日天]"
    r"|[月火水木金土日]曜日|\([月火水木金土日]\)",
    re.IGNORECASE,
)
_HALVES: tuple[tuple[str, str], ...] = (
    ("a. m.", "am"),
    ("p. m.", "pm"),
    ("π.μ.", "am"),
    ("μ.μ.", "pm"),
    ("πμ", "am"),
    ("μμ", "pm"),
)
_HALVES += (
    ("上午", "am "),
    ("下午", "pm "),
    ("午前", "am "),
    ("午後", "pm "),
    ("오전", "am "),
    ("오후", "pm "),
)
_MORNING_IN_FRONT = re.compile(r"\b([ap]m) +(\d{1,2}:\d\d(?::\d\d)?)")
_DOTTED_CLOCK = re.compile(r"(?<![\d.])(\d{1,2})(?:\.| h )(\d\d)(?:\.(\d\d))?(?![\d.]|\.\d)(?= |$)")
_PREPOSITION = re.compile(
    r"(?<![א-ת])ב-?(?=\d|[א-ת]{2})|^Th \d,"
)  # Hebrew "on" and "at"; Vietnamese weekdays are numbers
_DIGITS = {ord(digit): str(n % 10) for n, digit in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}
_ENGLISH = ("en",)
# Programs that show their labels in one language write the date in English all the same, some as it was sent.
_DAY_NAME = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_IN_ENGLISH = re.compile(
    rf"{_DAY_NAME}(?:\d{{1,2}}(?:st|nd|rd|th)?[ -]{_MONTH}\.?|{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?),?[ -]20\d\d\b"
    r"(?:,? (?:at )?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: ?[ap]\.?m\.?)?)?"
    r"(?: [a-z]{1,5})?(?: ?[+-]\d{4})?(?: ?\([^()]{1,40}\))?",
    re.IGNORECASE,
)


@lru_cache(maxsize=64)
def _parser(order: str, languages: tuple[str, ...]) -> DateDataParser:
    settings = {"DATE_ORDER": order, "REQUIRE_PARTS": ["day", "month", "year"]}
    return DateDataParser(languages=list(languages), settings=settings)


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


def written_date(
    text: str, not_after: datetime | None = None, languages: tuple[str, ...] = _ENGLISH
) -> tuple[datetime | None, str]:
    """The date a forwarded mail's header block shows, or None, and a note (empty when nothing was guessed).

    A date without a year is refused. `7/8/2026` may be August or July: a reading later than `not_after` (the
    forwarder's own date) plus a day or off its weekday is dropped, and of two left the earlier one is taken.
    `07/08/2026` is read with the day first: where the month stands first, mail programs write no zeros.
    `languages` are those that the block's labels are in; only English writes the month first. A date in English
    words (RFC 5322, section 3.3, is one) is read as such below labels in any language.
    """
    text = " ".join(text.translate(_SPACES).translate(_DIGITS).split())[:_TEXT_CHARACTERS]
    if not _YEAR.search(text):
        return None, ""
    if "en" not in languages and _IN_ENGLISH.fullmatch(text):
        return header_date(text) or _read("DMY", text, languages), ""
    first = _read("DMY", text, languages)
    numbers = _NUMBERS.search(text)
    if numbers is None or max(int(numbers[1]), int(numbers[2])) > 12 or numbers[1] == numbers[2]:
        return first, ""
    if "en" not in languages:
        return first, ""
    readings = [moment for moment in (first, _read("MDY", text, languages)) if moment]
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


def cannot_be_true(text: str) -> bool:
    """Whether a written date names a year before mail came this way or one far ahead; 1970 is a clock never set."""
    text = text.translate(_SPACES).translate(_DIGITS)[:_TEXT_CHARACTERS]
    return _NO_SUCH_YEAR.search(text) is not None and not re.search(r"(?<!\d)20\d\d(?!\d)", text)


def _read(order: str, text: str, languages: tuple[str, ...]) -> datetime | None:
    tries = [text] if languages == _ENGLISH else [text, _plainer(text)]
    for written in dict.fromkeys(tries):
        try:
            moment = _parser(order, languages).get_date_data(written).date_obj
        except (ValueError, OverflowError):
            continue
        if moment is not None:
            return _plausible(moment if moment.tzinfo else moment.replace(tzinfo=LONDON))
    return None


def _plainer(text: str) -> str:
    """A foreign date without weekday in front, fillers, dotted clocks and halves of the day in front of the hour."""
    for zone, known in _ZONES.items():
        text = text.replace(f" {zone}", f" {known}")
    for half, known in _HALVES:
        text = text.replace(half, known)
    text = _DOTTED_CLOCK.sub(lambda clock: ":".join(part for part in clock.groups() if part), text)
    text = _FILLERS.sub(" ", _PREPOSITION.sub(" ", text))
    start = next((at for at, character in enumerate(text) if character.isdigit()), 0)
    text = _MORNING_IN_FRONT.sub(r"\2 \1", text[start:])
    return " ".join(text.replace(" ,", ",").split()).strip(" ,.")


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
        problem = _unreadable(date) if date else "The mail has no Date header"
        return *fallback, (f"{problem}, so {fallback[1]} counts.",)
    if written > (delivered + _SKEW if delivered else arrived + _FAR):
        return *fallback, (
            f"The mail's Date header ({in_words(written.date())}) is later than its delivery, so {fallback[1]} counts.",
        )
    notes: tuple[str, ...] = ()
    if delivered and delivered - written > _LATE:
        notes = (f"The mail's Date header is {(delivered - written).days} days earlier than its delivery.",)
    return written, "the Date header", notes


def _unreadable(date: str) -> str:
    """Why a Date header gives no date: it cannot be read, or not be believed."""
    try:
        day = parsedate_to_datetime(date[:_TEXT_CHARACTERS]).date()
    except (ValueError, OverflowError, TypeError, IndexError):
        return "The mail's Date header could not be read"
    return f"The mail's Date header ({in_words(day)}) cannot be right"
