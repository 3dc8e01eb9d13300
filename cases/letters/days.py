"""The days that a letter names, in the usual forms of the United Kingdom."""

import re
from collections.abc import Iterator
from datetime import date

from putright.cases.letters.facts import Facts


def written_on(facts: Facts, text: str) -> date:
    """The letter's own date: the first in its head, else the day it is checked."""
    return next((day for start, day in days_in(text[:400]) if start < 300), facts.written)


def days_in(text: str) -> Iterator[tuple[int, date]]:
    """Each day in a usual UK form, and where it stands."""
    months = "|".join(x[:3].casefold() for x in MONTHS)
    for m in re.finditer(
        rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({months})[a-z]*,? (\d{{4}})\b"
        r"|\b(\d{1,2})/(\d{1,2})/(\d{4}|\d\d)\b",
        text,
    ):
        if m[2]:
            year, month, day = int(m[3]), months.split("|").index(m[2]) + 1, int(m[1])
        else:
            year, month, day = int(m[6]), int(m[5]), int(m[4])
        try:
            yield m.start(), date(year + 2000 if year < 100 else year, month, day)
        except ValueError:
            continue


MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def has_day(text: str, day: date) -> bool:
    """Whether a day stands in the text in a usual UK form."""
    month = MONTHS[day.month - 1].casefold()
    forms = (
        rf"\b0?{day.day}(?:st|nd|rd|th)?(?: of)? {month[:3]}(?:{month[3:]})?,? {day.year}\b",
        rf"\b0?{day.day}/0?{day.month}/(?:{day.year}|{day.year % 100:02d})\b",
    )
    return any(re.search(form, text) for form in forms)
