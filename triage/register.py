"""The register: one line a case, without the resident's words; written out, and read in from another system's."""

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlite_utils import Database

from putright.cases.case import Case, Stage, fold
from putright.cases.errors import Refused
from putright.cases.events import Event, Kind
from putright.cases.labels import Channel, Decision, Flag, Label, ServiceArea
from putright.cases.life.stages import OUTCOMES
from putright.cases.limits import Clock, acknowledged_first
from putright.cases.message import Message, Person
from putright.cases.references import whole_reference
from putright.cases.typed import name
from putright.cases.working_days import LONDON, in_words, local_day
from putright.storage import cases, events, intake, messages
from putright.storage.cases import Filter
from putright.storage.database import writing
from putright.triage.landlord import Landlord

IMPORT = "import"
"""The actor of what came in with a register."""
COLUMNS = (
    "reference",
    "other_reference",
    "received",
    "channel",
    "label",
    "unconfirmed",
    "area",
    "flags",
    "acknowledged",
    "response_due",
    "responded",
    "outcome",
    "extended",
    "on_time",
    "stage_2_requested",
    "stage_2_acknowledged",
    "stage_2_response_due",
    "stage_2_responded",
    "stage_2_outcome",
    "stage_2_extended",
    "stage_2_on_time",
    "not_taken",
    "not_taken_on",
    "closed",
    "handler",
    "stage_2_handler",
)
"""`extended` is in working days; `on_time` is yes, no, or empty while it is not due; `not_taken` one of NOT_TAKEN.
Dates are local, ISO 8601. What is due and what was on time is worked out anew when a register is read in."""
NOT_TAKEN = ("refused", "withdrawn", "declined")
"""Refused (2.1), withdrawn by the resident, or not made when they had the choice (1.3)."""
_ELSEWHERE = "it stands in the register that this came from"
NEEDED = ("reference", "received", "label")
_FORMULA = ("=", "+", "-", "@", "\t", "'")


def lines(
    db: Database, landlord: Landlord, today: date, first: date | None = None, last: date | None = None
) -> Iterator[dict[str, str]]:
    """The register's lines, by reference: every case received from `first` to `last`, open or closed, as of `today`."""
    which = Filter(closed=None, received_from=first, received_until=last)
    for row in sorted(cases.listing(db, which), key=lambda x: x.reference):
        case = events.load(db, row.reference)
        if case is not None and not case.joined_into:
            yield _line(case, landlord, today)


def as_csv(register: Iterator[dict[str, str]]) -> Iterator[str]:
    """The register as CSV (RFC 4180), line by line; what a spreadsheet would run as a formula has a ' in front."""
    kept = io.StringIO()
    writer = csv.DictWriter(kept, COLUMNS)
    writer.writeheader()
    for line in register:
        writer.writerow({key: f"'{x}" if x.startswith(_FORMULA) else x for key, x in line.items()})
        yield kept.getvalue()
        kept.seek(0)
        kept.truncate()
    yield kept.getvalue()


def _line(case: Case, landlord: Landlord, today: date) -> dict[str, str]:
    due = {x.clock: x for x in case.deadlines(landlord.calendar, landlord.targets)}
    found = {
        "reference": case.reference,
        "other_reference": case.history[0].data.get("imported", ""),
        "received": case.received.astimezone(LONDON).isoformat(timespec="minutes"),
        "channel": case.channel.value,
        "label": case.label.value,
        "unconfirmed": "yes" if case.unconfirmed else "",
        "area": case.area.value,
        "flags": " ".join(case.flags),
        "stage_2_requested": _iso(case.escalated),
        **_not_taken(case),
        "closed": _iso(local_day(case.closed) if case.closed else None),
        "handler": case.first.handler,
        "stage_2_handler": case.second.handler,
    }
    for prefix, stage, clock in (
        ("", case.first, Clock.STAGE_1_RESPONSE),
        ("stage_2_", case.second, Clock.STAGE_2_RESPONSE),
    ):
        deadline = due.get(clock)
        late = deadline and (deadline.done or today) > deadline.due
        found |= {
            f"{prefix}acknowledged": _iso(stage.acknowledged),
            f"{prefix}response_due": _iso(deadline.due if deadline else None),
            f"{prefix}responded": _iso(stage.responded),
            f"{prefix}outcome": stage.outcome,
            f"{prefix}extended": str(stage.extended or ""),
            f"{prefix}on_time": "no" if late else "yes" if deadline and deadline.done else "",
        }
    return {key: found[key] for key in COLUMNS}


def _not_taken(case: Case) -> dict[str, str]:
    what, day = "", ""
    if case.refused:
        what, day = "refused", _iso(case.refused)
    elif case.withdrawn:
        what, day = "withdrawn", _iso(case.withdrawn)
    elif case.choice == "declined":
        what, day = "declined", case.of(Kind.CHOICE)[-1].data.get("on", "")
    return {"not_taken": what, "not_taken_on": day}


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a register that was read in: how many cases came in, were here, and what is wrong."""

    new: int
    known: int
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """One line made ready: whose it is, its message's id, and its events."""

    reference: str
    other: str
    received: datetime
    channel: Channel
    events: tuple[tuple[Kind, datetime, Mapping[str, Any]], ...]

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(f"import\0{self.other or self.reference}".encode()).hexdigest()


def read_in(db: Database, raw: bytes, landlord: Landlord, now: datetime, *, all_or_nothing: bool) -> Imported:
    """Make a case of each line that is not here yet; a case that is here is left as it is.

    A line that is wrong is named with its number and what to do; with `all_or_nothing` nothing goes in then.
    Raises Refused for what is no register at all.
    """
    wrong: list[str] = []
    ready: list[tuple[int, _Row]] = []
    stands: dict[str, int] = {}
    for number, line in _read(raw):
        try:
            row = _row(line, landlord, now)
            key = row.other or row.reference
            if key in stands:
                raise Refused(f"the reference stands in line {stands[key]} already")
            stands[key] = number
            ready.append((number, row))
        except Refused as problem:
            wrong.append(f"Line {number}: {str(problem).rstrip('.')}.")
    if wrong and all_or_nothing:
        return Imported(0, 0, tuple(wrong))
    new = 0
    with writing(db):
        for _, row in sorted(
            ready, key=lambda x: x[1].reference or "~"
        ):  # our own numbers first, so that they stay
            new += _write(db, row, landlord, now)
    return Imported(new, len(ready) - new, tuple(wrong))


def _read(raw: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines by number (as an editor counts them), each by column. Raises Refused for what is no register."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
    first = text.partition("\n")[0]
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ","
    )
    try:
        header = [x.strip().lower().replace(" ", "_") for x in next(reader, [])]
        if lacks := [x for x in NEEDED if x not in header]:
            raise Refused(
                f"This is no register: its first line names no column {lacks[0]!r}. `putright report register --format "
                "csv` shows the columns; reference, received and label are needed, the others may lack."
            )
        if unknown := [x for x in header if x not in COLUMNS]:
            raise Refused(
                f"The register has no column {unknown[0][:60]!r}: rename or remove it. The columns are: "
                f"{', '.join(COLUMNS)}."
            )
        for cells in reader:
            if any(x.strip() for x in cells):
                plain = [x[1:] if x.startswith("'") else x for x in cells]
                yield reader.line_num, dict(zip(header, (x.strip() for x in plain), strict=False))
    except csv.Error as problem:
        raise Refused(f"Line {reader.line_num} is no line of CSV ({problem}): nothing was read.") from problem


def _row(line: Mapping[str, str], landlord: Landlord, now: datetime) -> _Row:
    """One line as events. Raises Refused in words that follow its number."""
    given = line.get("reference", "")
    own = whole_reference(given) or ""
    other = line.get("other_reference", "") or ("" if own else given)
    if not given or len(given) > 100 or len(other) > 100:
        raise Refused("reference is empty or longer than 100 characters")
    received = _moment(line.get("received", ""))
    stages = [_stage(line, prefix) for prefix in ("", "stage_2_")]
    requested, closed = _day(line, "stage_2_requested"), _day(line, "closed")
    _in_order(
        now,
        ("received", local_day(received)),
        ("acknowledged", stages[0].acknowledged),
        ("responded", stages[0].responded),
        ("stage_2_requested", requested),
        ("stage_2_acknowledged", stages[1].acknowledged),
        ("stage_2_responded", stages[1].responded),
        ("closed", closed),
    )
    if requested is None and stages[1] != Stage():
        raise Refused(
            "stage 2 has dates, and stage_2_requested is empty: say when the resident asked for it (6.10)"
        )
    label = _one_of(Label, line, "label")
    channel = _one_of(Channel, line, "channel", Channel.EMAIL)
    said: list[tuple[Kind, datetime, Mapping[str, Any]]] = [
        (
            Kind.OPENED,
            received,
            {
                "channel": channel.value,
                "received": received.isoformat(),
                "label": label.value,
                "decision": (Decision.ASK if line.get("unconfirmed") else Decision.SURE).value,
                "area": _one_of(ServiceArea, line, "area", ServiceArea.OTHER).value,
                "flags": [_one_of(Flag, {"flags": x}, "flags").value for x in line.get("flags", "").split()],
                "issues": [],
                "outcomes": [],
                "model": IMPORT,
                **({"imported": other} if other else {}),
                **({"unconfirmed": True} if line.get("unconfirmed") else {}),
            },
        )
    ]
    said += _happened(1, stages[0], received)
    if requested:
        said.append(
            (Kind.ESCALATED, _noon(requested, received), {"day": requested.isoformat(), "reason": ""})
        )
        said += _happened(2, stages[1], received)
    said += _ended(line, received, now)
    if closed:
        said.append((Kind.CLOSED, _noon(closed, received), {"reason": "closed in the register"}))
    row = _Row(own, other, received, channel, tuple(said))
    case = fold(own or "HC-0000-0000", _events(row))
    case.next_due(landlord.calendar, landlord.targets)  # refuses what lies beyond the calendar
    return row


def _ended(
    line: Mapping[str, str], received: datetime, now: datetime
) -> Iterator[tuple[Kind, datetime, Mapping[str, Any]]]:
    what, day = line.get("not_taken", "").lower(), _day(line, "not_taken_on")
    if not what:
        return
    if what not in NOT_TAKEN or day is None:
        raise Refused(f"not_taken is one of {', '.join(NOT_TAKEN)}, with its day in not_taken_on")
    _in_order(now, ("received", local_day(received)), ("not_taken_on", day))
    at, on = _noon(day, received), day.isoformat()
    if what == "refused":
        why = dict.fromkeys(("reason", "evidence", "discretion", "vulnerability"), _ELSEWHERE)
        yield Kind.REFUSED, at, {"ground": "other", "on": on, **why}
    elif what == "withdrawn":
        yield Kind.WITHDRAWN, at, {"reason": _ELSEWHERE, "on": on}
    else:
        yield Kind.CHOICE, at, {"result": "declined", "on": on}


def _stage(line: Mapping[str, str], prefix: str) -> Stage:
    outcome = line.get(f"{prefix}outcome", "").lower()
    acknowledged, responded = _day(line, f"{prefix}acknowledged"), _day(line, f"{prefix}responded")
    if outcome and outcome not in OUTCOMES:
        raise Refused(f"{prefix}outcome is one of {', '.join(OUTCOMES)}, or empty")
    if bool(outcome) != bool(responded):
        raise Refused(f"{prefix}responded and {prefix}outcome go together: give both or neither")
    stage, paragraph = (2, "6.14") if prefix else (1, "6.3")
    unasked = responded is not None and not acknowledged_first(stage, responded)
    if responded and not (acknowledged or unasked):
        raise Refused(
            f"{prefix}responded needs {prefix}acknowledged: the response clock starts there ({paragraph})"
        )
    extended = line.get(f"{prefix}extended", "")
    if extended and not (extended.isdecimal() and int(extended) < 1000 and (acknowledged or unasked)):
        raise Refused(f"{prefix}extended is a number of working days, of what was acknowledged")
    handler = line.get(f"{prefix}handler", "")
    return Stage(
        handler=name(handler, f"in {prefix}handler") if handler else "",
        acknowledged=acknowledged,
        extended=int(extended or 0),
        responded=responded,
        outcome=outcome,
    )


def _happened(
    number: int, stage: Stage, received: datetime
) -> Iterator[tuple[Kind, datetime, Mapping[str, Any]]]:
    known = [x for x in (stage.acknowledged, stage.responded) if x]
    if stage.handler:
        at = _noon(known[0], received) if known else received
        yield Kind.ASSIGNED, at, {"stage": number, "handler": stage.handler}
    if stage.acknowledged:
        day = stage.acknowledged
        yield Kind.ACKNOWLEDGED, _noon(day, received), {"stage": number, "day": day.isoformat()}
    if stage.extended:
        extended = {"stage": number, "working_days": stage.extended, "reason": "as in the register"}
        yield Kind.EXTENDED, _noon(known[0], received), {**extended, "good_reason": False, "late": False}
    if stage.responded:
        day = stage.responded
        yield (
            Kind.RESPONDED,
            _noon(day, received),
            {
                "stage": number,
                "day": day.isoformat(),
                "outcome": stage.outcome,
                "decided_by": stage.handler or IMPORT,
            },
        )


def _write(db: Database, row: _Row, landlord: Landlord, now: datetime) -> bool:
    """Write one case, unless it is here already."""
    if intake.holds(db, row.fingerprint) or (row.reference and events.load(db, row.reference)):
        return False
    ref = row.reference or cases.next_reference(db, local_day(row.received).year)
    case = events.append(db, ref, _events(row))
    cases.project(db, case, case.next_due(landlord.calendar, landlord.targets))
    number, _ = intake.store(
        db,
        fingerprint=row.fingerprint,
        source=IMPORT,
        location=(IMPORT, "register", 0, row.fingerprint),
        raw=b"",
        arrived=now,
    )
    stub = Message(
        id=row.fingerprint,
        channel=row.channel,
        subject="",
        body="",
        sender=Person(),
        resident=Person(),
        received_at=row.received,
        received_from="the register it was imported from",
        notes=("It was imported from a register, which holds no words of the resident.",),
    )
    messages.save(db, number, ref, stub)
    intake.settle(db, number, "logged", now, case_ref=ref)
    return True


def _events(row: _Row) -> list[Event]:
    first, *rest = row.events
    opened = {"message": row.fingerprint, **first[2]}
    return [
        Event(first[0], first[1], IMPORT, opened),
        *(Event(kind, at, IMPORT, data) for kind, at, data in rest),
    ]


def _noon(day: date, received: datetime) -> datetime:
    return max(received, datetime.combine(day, time(12), LONDON))


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
        return found if found.tzinfo else found.replace(tzinfo=LONDON)
    except ValueError:
        raise Refused("received is no time: write it as 2026-11-23 or 2026-11-23T08:30") from None


def _day(line: Mapping[str, str], key: str) -> date | None:
    text = line.get(key, "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused(f"{key} is no date: write it as 2026-11-23") from None


def _one_of(kind: Any, line: Mapping[str, str], key: str, lacking: Any = None) -> Any:
    text = line.get(key, "").lower()
    if not text and lacking is not None:
        return lacking
    try:
        return kind(text)
    except ValueError:
        raise Refused(f"{key} is one of {', '.join(x.value for x in kind)}") from None


def _in_order(now: datetime, *days: tuple[str, date | None]) -> None:
    last, latest = days[0]
    for key, day in days:
        if day is None or latest is None:
            continue
        if day < latest:
            raise Refused(f"{key} {in_words(day)} lies before {last} {in_words(latest)}: check the dates")
        if day > local_day(now):
            raise Refused(f"{key} {in_words(day)} has not come yet: check the date")
        last, latest = key, day
