"""When: the times staff name, as a slot, and the days that a slot means.

A slot is a name of the grammar (`this_week`), `N_days`, `N_working_days`, a day (`2026-11-24`) or an interval of
days with `..` for an open end (`2026-11-01/..`), as ISO 8601-2 writes them. Days are local; weeks begin on Monday.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from putright.cases.working_days import Calendar, in_words

FURTHEST = 366
"""Days ahead or behind that can be asked for: more is a slip of the finger."""

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_SHORT_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {
    "sept": 9
}
_DAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_SHORT_DAYS = {x[:3]: n for x, n in _DAYS.items()} | {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_ANY_MONTH = "|".join([*MONTHS, *_SHORT_MONTHS])
_ANY_DAY = "|".join([*_DAYS, *_SHORT_DAYS])
_DATE = rf"(\d{{1,2}}) ?(?:st|nd|rd|th)?(?: of)? ({_ANY_MONTH})(?: (\d{{4}}))?"
_UNIT = r"(working |business |calendar )?(day|week|month)s?"
_LEAD = (
    r"(?:(?:by|on|for|from|in|the|during|over|within|due|at|of|until|till|any ?time|some ?time|so far|"
    r"just|up to|inside) )*"
)

_NAMED = (
    (
        "14_days",
        (
            r"(?:(?:next|coming|last|past|this|a|the) )*(?:fortnight|(?:2|couple(?: of)?) weeks)(?: "
            r"'s)?(?: time)?"
        ),
    ),
    (
        "7_days",
        (
            r"(?:(?:in|within|over|during) (?:the )?|for the )(?:next|coming) week|(?:in|within) (?:a|1) "
            r"week(?: 's)?(?: time)?|"
            r"(?:the )?past week|(?:in|within|over|during) the last week|(?:a|1) week ago"
        ),
    ),
    (
        "30_days",
        (
            r"(?:in|within|over|during) (?:the )?(?:next|coming) month|(?:in|within) (?:a|1) month(?: "
            r"'s)?(?: time)?|(?:the )?past month"
        ),
    ),
    ("last_month", r"(?:in |over |during )?(?:the )?(?:last|previous) month"),
    ("last_week", r"(?:the )?(?:last|previous) week"),
    ("last_quarter", r"(?:the )?(?:last|previous) quarter"),
    ("financial_year", r"(?:this|the|current) financial year|financial year(?: to date)?|this fy"),
    ("last_year", r"(?:the )?(?:last|previous) year"),
    ("yesterday", r"yesterday(?: 's)?"),
    ("tomorrow", r"tomorrow(?: 's)?(?: (?:morning|afternoon))?"),
    ("next_week", r"(?:the )?(?:next|following) week|week after|(?:the )?week commencing next monday"),
    ("next_month", r"(?:the )?next month"),
    (
        "this_week",
        (
            r"this working week|(?:this|the|current|rest of(?: (?:the|this))?|end "
            r"of(?: (?:the|this))?) week(?: 's)?|"
            r"(?:by|before) (?:the )?(?:end of )?friday|by the weekend|"
            r"week(?: so far)?$|before the weekend|week end|week(?= (?:please|ta|thanks)\b)"
        ),
    ),
    (
        "this_month",
        (
            r"(?:this|current|rest of(?: (?:the|this))?|end of(?: (?:the|this))?|the) month(?: 's)?|"
            r"month end|month to date"
        ),
    ),
    ("this_quarter", r"(?:this|the|current) quarter(?: 's)?|quarter(?: (?:so far|to date))?"),
    (
        "this_year",
        r"(?:this|the|current|calendar) (?:calendar )?year(?: 's)?|year(?: (?:so far|to date))|ytd",
    ),
    ("today", r"today(?: 's)?|end of (?:the )?day|by close(?: of (?:play|business))?"),
)


IN_FIGURES = re.compile(
    rf"\b\d{{1,2}} ?(?:st|nd|rd|th)?(?: of)? (?:{_ANY_MONTH})(?: \d{{4}})?\b|\b(?:{_ANY_MONTH}) \d{{1,4}}\b"
)
"""Dates whose numbers are no case's."""


@dataclass(frozen=True, slots=True)
class When:
    """A time that was named: its slot, the words left without it, and whether it says how old a case is."""

    slot: str
    rest: str
    age: bool = False


def find(words: str, today: date, *, behind: bool) -> When | None:
    """The first time named in tidied words; `behind` when it must lie in the past. ValueError: no such day."""
    for reader in (_older, _between, _since, _date, _weekday, _month, _counted, _named):
        found = reader(words, today, behind)
        if found:
            return found
    return None


def _cut(words: str, found: re.Match[str], slot: str, *, age: bool = False) -> When:
    return When(slot, f"{words[: found.start()]} {words[found.end() :]}".strip(), age)


def _older(words: str, today: date, behind: bool) -> When | None:
    """`older than 2 weeks`, `more than 10 days old`, `open for over a month`."""
    found = re.search(
        rf"\b(?:older|more|longer|greater|later|over)(?: than)? (?:an? )?(\d+)? ?{_UNIT}\b(?: "
        r"(?:old|ago|overdue|late))?",
        words,
    )
    if not found or (not found[1] and "a " not in found[0]):
        return None
    if found[0].startswith("over") and not re.search(r"\b(?:old|ago|open|overdue|late|for)\b", words):
        return None
    days = _days(int(found[1] or 1), found[3])
    return _cut(words, found, f"../{(today - timedelta(days=days + 1)).isoformat()}", age=True)


def _between(words: str, today: date, behind: bool) -> When | None:
    found = re.search(rf"\b(?:between|from) (?:the )?{_DATE} (?:and|to|until|till) (?:the )?{_DATE}", words)
    if not found:
        return None
    last = _day(found[4], found[5], found[6], today, behind)
    first = _day(found[1], found[2], found[3] or str(last.year), today, behind)
    return _cut(words, found, f"{first.isoformat()}/{last.isoformat()}")


def _since(words: str, today: date, behind: bool) -> When | None:
    """`since Monday`, `before 1 November`, `after the 3rd of June`."""
    found = re.search(
        r"\b(since|before|after|from|until|up to) (?:the )?(?:(?:last|start of|beginning of) "
        rf")?(?:{_DATE}|({_ANY_DAY})|({_ANY_MONTH}))\b",
        words,
    )
    if not found or found[0] in ("before friday",):
        return None
    past = behind or found[1] == "since"
    if found[2]:
        day = _day(found[2], found[3], found[4], today, past)
    elif found[5]:
        day = _on_weekday(_weekday_number(found[5]), today, past)
    else:
        day = _first_of(_month_number(found[6]), today, past)
    if found[1] in ("since", "from"):
        return _cut(words, found, f"{day.isoformat()}/..")
    if found[1] == "after":
        return _cut(words, found, f"{(day + timedelta(days=1)).isoformat()}/..")
    last = day if found[1] in ("until", "up to") else day - timedelta(days=1)
    return _cut(words, found, f"../{last.isoformat()}", age=behind)


def _date(words: str, today: date, behind: bool) -> When | None:
    found = re.search(rf"\b(by )?(?:on |due |the )*{_DATE}\b", words)
    if found:
        day = _day(found[2], found[3], found[4], today, behind)
    else:
        found = re.search(
            rf"\b(by )?(?:on )?({_ANY_MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?\b(?! (?:days?|weeks?))", words
        )
        if not found:
            return _day_alone(words, today, behind)
        day = _day(found[3], found[2], None, today, behind)
    return _cut(words, found, f"../{day.isoformat()}" if found[1] and not behind else day.isoformat())


def _day_alone(words: str, today: date, behind: bool) -> When | None:
    """`the 24th`: of this month, or of the one on the asked side of today."""
    found = re.search(r"\b(by )?(?:on |due |the )+(\d{1,2})(?:st|nd|rd|th)\b", words)
    if not found:
        return None
    number = int(found[2])
    month = today.replace(day=1)
    if behind and number > today.day:
        month = (month - timedelta(days=1)).replace(day=1)
    elif not behind and number < today.day:
        month = (month + timedelta(days=32)).replace(day=1)
    day = month.replace(day=number)
    return _cut(words, found, f"../{day.isoformat()}" if found[1] and not behind else day.isoformat())


def _weekday(words: str, today: date, behind: bool) -> When | None:
    days = "|".join(_DAYS)
    short = "|".join(_SHORT_DAYS)
    found = re.search(
        r"\b(on|by|due|for|this|next|last|coming|come) ((?:on |this |next |last )?)"
        rf"({days}|(?:{short})\b)(?: 's)?",
        words,
    )
    if not found or re.search(r"\bby (?:the )?(?:end of )?friday", found[0]):
        return None
    number = _weekday_number(found[3])
    lead = f"{found[1]} {found[2]}"
    if "next" in lead:
        monday = today - timedelta(days=today.weekday()) + timedelta(days=7)
        return _cut(words, found, (monday + timedelta(days=number)).isoformat())
    day = _on_weekday(number, today, behind or "last" in lead)
    return _cut(words, found, f"../{day.isoformat()}" if found[1] == "by" and not behind else day.isoformat())


def _month(words: str, today: date, behind: bool) -> When | None:
    whole = re.search(r"\b(?:in|during|for|of|throughout) (20\d\d)\b", words)
    if whole:
        return _cut(words, whole, f"{whole[1]}-01-01/{whole[1]}-12-31")
    found = re.search(
        rf"\b(?:in|during|for|of|throughout|all|this|last|due in) ({_ANY_MONTH})(?: (\d{{4}}))?(?: 's)?\b",
        words,
    )
    if not found:
        found = re.search(rf"\b(?!may\b|march\b)({'|'.join(MONTHS)})(?: (\d{{4}}))?(?: 's)?\b", words)
    if not found or (found[1] == "may" and not re.match(r"in|during|of|last", found[0])):
        return None
    first = (
        date(int(found[2]), _month_number(found[1]), 1)
        if found[2]
        else _first_of(_month_number(found[1]), today, behind)
    )
    last = _next_month(first) - timedelta(days=1)
    return _cut(words, found, f"{first.isoformat()}/{last.isoformat()}")


def _counted(words: str, today: date, behind: bool) -> When | None:
    found = re.search(
        rf"\b{_LEAD}(?:(?:next|last|past|coming|following|previous) )?(\d{{1,9}}) {_UNIT}\b(?: "
        r"'s)?(?: (?:time|ago))?",
        words,
    )
    if not found:
        return None
    days = _days(int(found[1]), found[3])
    working = bool(found[2] and not found[2].startswith("calendar"))
    if days > FURTHEST:
        raise ValueError(f"I count up to {FURTHEST} days.")
    return _cut(words, found, f"{int(found[1])}_working_days" if working else f"{days}_days")


def _named(words: str, today: date, behind: bool) -> When | None:
    best: tuple[int, re.Match[str], str] | None = None
    for slot, pattern in _NAMED:
        found = re.search(rf"\b{_LEAD}(?:{pattern})(?!\w)", words)
        if found and (best is None or found.end() < best[0]):
            best = (found.end(), found, slot)
    return _cut(words, best[1], best[2]) if best else None


def _days(number: int, unit: str) -> int:
    return number * {"day": 1, "week": 7, "month": 30}[unit]


def _month_number(word: str) -> int:
    return MONTHS.get(word) or _SHORT_MONTHS[word]


def _weekday_number(word: str) -> int:
    return _DAYS.get(word, _SHORT_DAYS.get(word[:4], _SHORT_DAYS.get(word[:3], 0)))


def _day(day: str, month: str, year: str | None, today: date, behind: bool) -> date:
    """The date on the asked side of today where no year is given. ValueError: there is no such day."""
    number = _month_number(month)
    try:
        if year:
            return date(int(year), number, int(day))
        found = date(today.year, number, int(day))
        if behind and found > today:
            return found.replace(year=today.year - 1)
        if not behind and found < today - timedelta(days=180):
            return found.replace(year=today.year + 1)
    except ValueError as error:
        raise ValueError(f"There is no {day} {calendar.month_name[number]}.") from error
    return found


def _on_weekday(number: int, today: date, behind: bool) -> date:
    if behind:
        return today - timedelta(days=(today.weekday() - number) % 7)
    return today + timedelta(days=(number - today.weekday()) % 7)


def _first_of(month: int, today: date, behind: bool) -> date:
    first = date(today.year, month, 1)
    if behind and first > today:
        return first.replace(year=today.year - 1)
    if not behind and _next_month(first) <= today - timedelta(days=180):
        return first.replace(year=today.year + 1)
    return first


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def days(slot: str, today: date, holidays: Calendar, *, behind: bool = False) -> tuple[date, date]:
    """The first and last day a slot means: from today on, or up to today when what is asked for has happened.

    What lies wholly behind, or ahead, is whole.
    """
    first, last = _span(slot, today, holidays, behind)
    named = slot in _NAMES
    if named and not behind:
        return (max(first, today) if last >= today else first), last
    if named and behind:
        return first, min(last, today) if first <= today else last
    return first, last


def _span(slot: str, today: date, holidays: Calendar, behind: bool) -> tuple[date, date]:
    if slot in _NAMES:
        return _NAMES[slot](today)
    counted = re.fullmatch(r"(\d+)_(working_)?days", slot)
    if counted:
        count = int(counted[1])
        if counted[2]:
            end = today
            while count > 0:
                end += timedelta(days=-1 if behind else 1)
                count -= holidays.is_working_day(end)
        else:
            end = today + timedelta(days=-count if behind else count)
        return (end, today) if behind else (today, end)
    if "/" in slot:
        first, _, last = slot.partition("/")
        return (
            date.min if first == ".." else date.fromisoformat(first),
            holidays.last_day if last == ".." else date.fromisoformat(last),
        )
    if slot:
        return date.fromisoformat(slot), date.fromisoformat(slot)
    return (date.min, today) if behind else (today, holidays.last_day)


def _monday(today: date) -> date:
    return today - timedelta(days=today.weekday())


def _quarter(today: date) -> date:
    return date(today.year, today.month - (today.month - 1) % 3, 1)


def _whole(first: date, months: int) -> tuple[date, date]:
    end = first
    for _ in range(months):
        end = _next_month(end)
    return first, end - timedelta(days=1)


_NAMES: dict[str, Callable[[date], tuple[date, date]]] = {
    "today": lambda x: (x, x),
    "yesterday": lambda x: (x - timedelta(days=1), x - timedelta(days=1)),
    "tomorrow": lambda x: (x + timedelta(days=1), x + timedelta(days=1)),
    "this_week": lambda x: (_monday(x), _monday(x) + timedelta(days=6)),
    "next_week": lambda x: (_monday(x) + timedelta(days=7), _monday(x) + timedelta(days=13)),
    "last_week": lambda x: (_monday(x) - timedelta(days=7), _monday(x) - timedelta(days=1)),
    "this_month": lambda x: _whole(x.replace(day=1), 1),
    "next_month": lambda x: _whole(_next_month(x), 1),
    "last_month": lambda x: _whole((x.replace(day=1) - timedelta(days=1)).replace(day=1), 1),
    "this_quarter": lambda x: _whole(_quarter(x), 3),
    "last_quarter": lambda x: _whole(_quarter(_quarter(x) - timedelta(days=1)), 3),
    "this_year": lambda x: _whole(date(x.year, 1, 1), 12),
    "last_year": lambda x: _whole(date(x.year - 1, 1, 1), 12),
    "financial_year": lambda x: _whole(date(x.year - (x.month < 4), 4, 1), 12),
}


def past(slot: str, today: date) -> bool:
    """Whether all days of a named or written-out time lie before today."""
    if slot in _NAMES:
        return _NAMES[slot](today)[1] < today
    last = slot.rpartition("/")[2]
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", last)) and date.fromisoformat(last) < today


BOTH_WAYS = ("today", "this_week", "this_month", "this_quarter", "this_year", "financial_year")
"""Times that lie behind and ahead: what is asked decides."""


def said(slot: str, first: date, last: date, today: date, *, behind: bool) -> str:
    """A time in words, with its days, so that a misreading is seen: `this week (Wed 25 to Sun 29 Nov 2026)`."""
    between = _between_words(first, last)
    counted = re.fullmatch(r"(\d+)_(working_)?days", slot)
    if counted:
        unit = f"{'working ' if counted[2] else ''}day{'' if counted[1] == '1' else 's'}"
        return f"in the {'last' if behind else 'next'} {counted[1]} {unit} ({between})"
    if slot in _NAMES:
        return f"{'this financial year' if slot == 'financial_year' else slot.replace('_', ' ')} ({between})"
    if slot.startswith("../"):
        return f"up to {in_words(last)}"
    if slot.endswith("/.."):
        return f"since {in_words(first)}" if first <= today else f"from {in_words(first)}"
    return between if first != last else f"on {between}"


def _between_words(first: date, last: date) -> str:
    if first == last:
        return in_words(first)
    if first.year == last.year:
        start = f"{first:%a} {first.day}" + (f" {first:%b}" if first.month != last.month else "")
        return f"{start} to {in_words(last)}"
    return f"{in_words(first)} to {in_words(last)}"
