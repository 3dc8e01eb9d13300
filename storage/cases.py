"""The table of cases: what their events say, laid out so that lists are quick."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlite_utils import Database

from putright.cases.case import Case
from putright.cases.deadlines import Deadline
from putright.cases.duties import Owed
from putright.cases.events import Kind
from putright.cases.labels import Decision, Flag, Label, ServiceArea
from putright.cases.limits import Clock
from putright.cases.offers import Offer, What, offers
from putright.cases.references import reference
from putright.cases.working_days import LONDON, local_day
from putright.storage import confined, duties, outbox


@dataclass(frozen=True, slots=True)
class Row:
    """A case as lists show it: no name, no words of the resident."""

    reference: str
    label: Label
    decision: Decision
    confirmed_by: str
    unconfirmed: bool
    area: ServiceArea
    flags: tuple[Flag, ...]
    stage: int
    received: datetime
    handler: str
    next_clock: Clock | None
    next_due: date | None
    next_paragraph: str
    provisional: bool
    closed: datetime | None
    next_target: date | None = None
    """The landlord's own date, beside `next_due`, or the same where the Code has none."""
    chased: int = 0
    """How often the resident wrote again."""


def next_reference(db: Database, year: int) -> str:
    """The next free reference of a year (within the caller's transaction, which holds the write lock)."""
    last = db.execute("select max(number) from cases where year = ?", [year]).fetchone()[0]
    return reference(year, (last or 0) + 1)


def project(db: Database, case: Case, due: Deadline | None) -> None:
    """Write the row of a case anew (within the caller's transaction)."""
    year, number = case.reference.split("-")[1:]
    row: dict[str, object] = {
        "reference": case.reference,
        "year": int(year),
        "number": int(number),
        "label": case.label.value,
        "decision": case.decision.value,
        "confirmed_by": case.confirmed_by,
        "unconfirmed": int(case.unconfirmed),
        "area": case.area.value,
        "channel": case.channel.value,
        "flags": json.dumps([flag.value for flag in case.flags]),
        "stage": case.stage,
        "received": case.received.astimezone(LONDON).isoformat(),
        "opened": case.opened.isoformat(),
        "handler": case.handler,
        "next_clock": due.clock.value if due else None,
        "next_due": due.due.isoformat() if due else None,
        "next_paragraph": due.cited if due else None,
        "next_provisional": due.provisional if due else None,
        "next_target": due.target.isoformat() if due and due.target else None,
        "closed": case.closed.isoformat() if case.closed else None,
        "version": case.version,
        "chased": len(case.chasers),
    }
    columns = [x for x in row if x != "reference"]
    db.execute(
        f"insert into cases ({', '.join(row)}) values ({', '.join('?' * len(row))}) "
        f"on conflict (reference) do update set {', '.join(f'{x} = excluded.{x}' for x in columns)}",
        list(row.values()),
    )
    _project_offers(db, case)
    duties.project(db, case)
    confined.project(db, case)
    outbox.moved(db, case.reference, case.version, every_post=bool(case.of(Kind.CONFINED)))


def _project_offers(db: Database, case: Case) -> None:
    db.execute("delete from offers where case_ref = ?", [case.reference])
    for x in offers(case):
        db.execute(
            "insert into offers values (?, ?, ?, ?, ?, ?, ?)",
            [
                case.reference,
                x.number,
                x.what.value,
                x.day.isoformat() if x.day else None,
                x.into,
                json.dumps(x.acts),
                x.why,
            ],
        )


def open_offers(
    db: Database, *, of: Sequence[str] | None = None, seen_by: tuple[str, ...] | None = None
) -> list[tuple[str, Offer]]:
    """What waits to be accepted or declined (on the cases `of` these references), in the order of the cases.

    Not on cases, nor about cases, that somebody of the names `seen_by` may not see.
    """
    unseen = confined.hidden(db, seen_by)
    which = "" if of is None else "where o.case_ref in (select value from json_each(?)) "
    rows = db.execute(
        "select o.case_ref, o.number, o.what, o.why, o.day, o.into_ref, o.acts from offers o "
        # from the few offers to their cases, never through all cases for the sake of their order
        f"cross join cases c on c.reference = o.case_ref {which}order by c.year, c.number, o.number",
        [] if of is None else [json.dumps(list(of))],
    )
    return [
        (
            row[0],
            Offer(
                row[1],
                What(row[2]),
                row[3],
                date.fromisoformat(row[4]) if row[4] else None,
                row[5],
                tuple(json.loads(row[6])),
            ),
        )
        for row in rows
        if row[0] not in unseen and row[5] not in unseen
    ]


_COLUMNS = (
    "reference, label, decision, confirmed_by, unconfirmed, area, flags, stage, received, handler, "
    "next_clock, next_due, next_paragraph, next_provisional, closed, next_target, chased"
)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which cases to list; every part that is set must hold. Dates are local and inclusive."""

    label: Label | None = None
    area: ServiceArea | None = None
    stage: int | None = None
    handler: str | None = None
    overdue_on: date | None = None
    """Due before this day: a due date runs to the end of its day."""
    also_overdue: tuple[str, ...] = ()
    """With `overdue_on`: the references of those that are past a limit of Awaab's Law."""
    due_from: date | None = None
    due_until: date | None = None
    received_from: date | None = None
    received_until: date | None = None
    unassigned: bool = False
    review: bool = False
    """Only those a person still has to say what they are."""
    closed: bool | None = False
    owed: tuple[Owed, ...] = ()
    """Only those that owe one of these."""
    owed_before: date | None = None
    """Only those whose duty of that kind is due before this day, or has no day."""
    silent: Mapping[Clock, date] | None = None
    """With `owed` of updates: also those whose response is overdue and whose resident was never updated; for each
    clock that is due next the day before which it was due."""
    team: str | None = None
    """Only those whose duty of that kind is this person's or team's."""
    areas: tuple[ServiceArea, ...] = ()
    """Any of these."""
    handlers: tuple[str, ...] | None = None
    """Any of these people, by their whole names."""
    unacknowledged: bool = False
    undefined: bool = False
    """Only complaints whose definition nobody has confirmed at the stage they are at."""
    hazard: bool = False
    chased: bool = False
    """Only those about which the resident came back."""
    extended: bool = False
    """Only those whose response was extended, at either stage."""
    escalated: bool = False
    due_clocks: tuple[Clock, ...] = ()
    """Only those for which one of these is due next."""
    happened_from: date | None = None
    """With `chased`, `extended`, `escalated` or `closed`: when that happened."""
    happened_until: date | None = None
    outcomes: tuple[str, ...] = ()
    """Only those with a response, sent from `happened_from` to `happened_until`, that decided one of these."""
    outcome_stage: int | None = None
    """With `outcomes`: of a response at this stage."""
    emergency: bool = False
    """Only those with a possible emergency hazard."""
    target_until: date | None = None
    """Only those whose own target has come by this day."""
    seen_by: tuple[str, ...] | None = None
    """Only those that somebody of these names (one person's) may see; None sees all."""
    told_by: tuple[str, ...] = ()
    """Only those of which one of these names (of staff, or their Slack ids) passed on a message."""
    confined: bool = False
    """Only those that not everybody may see."""


def listing(db: Database, which: Filter, limit: int | None = None, offset: int = 0) -> list[Row]:
    """The cases that fit, the soonest due first, those without a date last; at most `limit` from `offset` on."""
    condition, values = _condition(db, which)
    page = "" if limit is None else f" limit {int(limit)} offset {int(offset)}"
    rows = db.execute(f"select {_COLUMNS} from cases{condition} order by {_order(which)}{page}", values)
    return [_row(row) for row in rows]


def _order(which: Filter) -> str:
    """The order of a list, said so that an index gives it: what is closed has no due date."""
    if which.closed:
        return "year, number"
    dated = which.overdue_on or which.due_from or which.due_until or which.due_clocks
    return "next_due, year, number" if dated else "next_due is null, next_due, year, number"


def named(db: Database, references: Sequence[str]) -> list[Row]:
    """The cases of these references, closed or not, in the order of lists."""
    rows = db.execute(
        f"select {_COLUMNS} from cases where reference in (select value from json_each(?)) "
        "order by next_due is null, next_due, year, number",
        [json.dumps(list(references))],
    )
    return [_row(row) for row in rows]


def count(db: Database, which: Filter) -> tuple[int, int]:
    """How many cases fit, and how many of them nobody has confirmed."""
    condition, values = _condition(db, which)
    found = db.execute(f"select count(*), coalesce(sum(unconfirmed), 0) from cases{condition}", values)
    number, unconfirmed = found.fetchone()
    return int(number), int(unconfirmed)


_TOLD_BY = (
    "exists (select 1 from messages m where m.case_ref = reference and "
    "case m.channel when 'slack' then json_extract(m.data, '$.sender.name') "
    "else json_extract(m.data, '$.forwarded_by.name') end in (select value from json_each(?)))"
)
_HAZARDS = (Flag.HAZARD_EMERGENCY.value, Flag.HAZARD_SIGNIFICANT.value)
_EMERGENCY = f"""instr(flags, '"{Flag.HAZARD_EMERGENCY.value}"') > 0"""
_ASSESSED = """reference in (
    select e.case_ref from events e where e.kind = 'hazard' and json_extract(e.data, '$.kind') <> 'none'
    and not exists (
        select 1 from events n where n.kind = 'hazard' and n.case_ref = e.case_ref and n.seq > e.seq
        and json_extract(n.data, '$.of') is json_extract(e.data, '$.of')))"""
"""What a person's newest assessment of that kind calls a hazard."""
_CHASED = """exists (
    select 1 from messages m join readings r on r.message_id = m.id, json_each(r.data, '$.flags') flag
    where m.case_ref = reference and flag.value = 'chaser'
    and london_day(m.received_at) between ? and ?)"""
_HAPPENED = """exists (
    select 1 from events e where e.case_ref = reference and e.kind = ?
    and coalesce(json_extract(e.data, '$.day'), london_day(e.at)) between ? and ?)"""
_DECIDED = """exists (
    select 1 from events e where e.case_ref = reference and e.kind = ?
    and json_extract(e.data, '$.outcome') in (select value from json_each(?))
    and json_extract(e.data, '$.stage') = coalesce(?, json_extract(e.data, '$.stage'))
    and json_extract(e.data, '$.day') between ? and ?)"""
_UNDEFINED = """(stage > 0 and not exists (
    select 1 from events e where e.case_ref = reference and e.kind = 'defined'
    and json_extract(e.data, '$.stage') = cases.stage))"""


def _condition(db: Database, which: Filter) -> tuple[str, list[object]]:
    clauses: list[str] = []
    values: list[object] = []

    def where(clause: str, *given: object) -> None:
        clauses.append(clause)
        values.extend(given)

    def one_of(column: str, given: Sequence[str]) -> None:
        where(f"{column} in ({', '.join('?' * len(given))})", *given)

    if which.label:
        where("label = ?", which.label.value)
    if which.area:
        where("area = ?", which.area.value)
    if which.areas:
        one_of("area", which.areas)
    if which.stage is not None:
        where("stage = ?", which.stage)
    if which.handler is not None:
        # a first name is enough: "Priya" finds Priya Shah
        wanted = which.handler.casefold()
        known = ((x, x.casefold()) for x in ["", *handlers(db)])
        one_of("handler", [x for x, plain in known if plain == wanted or plain.startswith(f"{wanted} ")])
    if which.handlers is not None:
        folded = {x.casefold() for x in which.handlers}
        one_of("handler", [x for x in ["", *handlers(db)] if x.casefold() in folded])
    if which.overdue_on:
        late = which.overdue_on.isoformat()
        if which.also_overdue:
            also = "reference in (select value from json_each(?))"
            where(f"(next_due < ? or {also})", late, json.dumps(which.also_overdue))
        else:
            where("next_due < ?", late)
    if which.due_from:
        where("next_due >= ?", which.due_from.isoformat())
    if which.due_until:
        where("next_due <= ?", which.due_until.isoformat())
    if which.due_clocks:
        one_of("next_clock", which.due_clocks)
    if which.received_from:
        where("substr(received, 1, 10) >= ?", which.received_from.isoformat())
    if which.received_until:
        where("substr(received, 1, 10) <= ?", which.received_until.isoformat())
    if which.unassigned:
        where("handler = ''")
    if which.review:
        where("unconfirmed = 1")
    if which.owed or which.team is not None:
        owed = which.owed or tuple(Owed)
        clause = f"kind in ({', '.join('?' * len(owed))})"
        given: list[object] = [x.value for x in owed]
        if which.owed_before:
            clause += " and (due is null or due < ?)"
            given.append(which.owed_before.isoformat())
        if which.team is not None:
            clause += " and owner = ? collate nocase"
            given.append(which.team)
        if which.silent and which.team is None:
            overdue = " or ".join(["(next_clock = ? and next_due < ?)"] * len(which.silent))
            silent = [y for clock, day in which.silent.items() for y in (clock.value, day.isoformat())]
            where(
                f"(reference in (select case_ref from duties where {clause}) or ({overdue}) and closed is null "
                "and not exists (select 1 from events e where e.kind = 'updated' and e.case_ref = reference))",
                *given,
                *silent,
            )
        else:
            where(f"reference in (select case_ref from duties where {clause})", *given)
    if which.unacknowledged:
        one_of("next_clock", (Clock.STAGE_1_ACKNOWLEDGEMENT, Clock.STAGE_2_ACKNOWLEDGEMENT))
    if which.undefined:
        where(_UNDEFINED)
    if which.emergency:
        where(_EMERGENCY)
    if which.target_until:
        where("next_target <= ?", which.target_until.isoformat())
    if which.hazard:
        where(
            f"(exists (select 1 from json_each(flags) flag where flag.value in (?, ?)) or {_ASSESSED})",
            *_HAZARDS,
        )
    if which.seen_by is not None:
        clause, names = confined.hidden_from(which.seen_by)
        where(f"reference not in ({clause})", *names)
    if which.told_by:
        where(_TOLD_BY, json.dumps(which.told_by))
    if which.confined:
        where("reference in (select case_ref from confined)")
    if which.closed is not None:
        where("closed is not null" if which.closed else "closed is null")
    _happened(db, which, where)
    return (f" where {' and '.join(clauses)}" if clauses else ""), values


def _happened(db: Database, which: Filter, where: Callable[..., None]) -> None:
    """Clauses for what has happened on a case, and when: local days, so the database is lent a calendar."""
    db.register_function(_london_day, name="london_day", deterministic=True, replace=True)
    first = (which.happened_from or date.min).isoformat()
    last = (which.happened_until or date.max).isoformat()
    if which.chased:
        where(_CHASED, first, last)
    for wanted, kind in ((which.extended, Kind.EXTENDED), (which.escalated, Kind.ESCALATED)):
        if wanted:
            where(_HAPPENED, kind.value, first, last)
    if which.outcomes:
        decided = json.dumps(which.outcomes)
        where(_DECIDED, Kind.RESPONDED.value, decided, which.outcome_stage, first, last)
    if which.closed and (which.happened_from or which.happened_until):
        where("london_day(closed) between ? and ?", first, last)


def _london_day(moment: str) -> str:
    return local_day(datetime.fromisoformat(moment)).isoformat()


def handlers(db: Database, seen_by: tuple[str, ...] | None = None) -> list[str]:
    """Everybody who has, or had, a case that somebody of these names may see (None sees all)."""
    everybody = _handlers(db)
    unseen = confined.hidden(db, seen_by)
    if not unseen:
        return everybody
    rows = db.execute(
        "select distinct handler from cases where reference in (select value from json_each(?))",
        [json.dumps(list(unseen))],
    )
    doubtful = {row[0] for row in rows}
    return [x for x in everybody if x not in doubtful or _has_another(db, x, unseen)]


def _has_another(db: Database, handler: str, unseen: Collection[str]) -> bool:
    """Whether somebody has a case that is not one of these; it stops at the first."""
    found = db.execute("select reference from cases where handler = ?", [handler])
    return any(row[0] not in unseen for row in found)


def _handlers(db: Database) -> list[str]:
    # from name to name along the index: as many steps as there are people, not as there are cases
    rows = db.execute(
        "with recursive each(name) as (select min(handler) from cases where handler > '' "
        "union all select (select min(handler) from cases where handler > name) from each where name is not null) "
        "select name from each where name is not null"
    )
    return [row[0] for row in rows]


def numbered(db: Database, number: int, seen_by: tuple[str, ...] | None = None) -> list[str]:
    """The references with this number that somebody of these names may see, the newest year first."""
    rows = db.execute("select reference from cases where number = ? order by year desc", [number])
    unseen = confined.hidden(db, seen_by)
    return [row[0] for row in rows if row[0] not in unseen]


def _row(row: tuple[Any, ...]) -> Row:
    """A row of the table, by `_COLUMNS`: lists are long, so what few values stand for is looked up, not made anew."""
    return Row(
        reference=row[0],
        label=_LABELS[row[1]],
        decision=_DECISIONS[row[2]],
        confirmed_by=row[3],
        unconfirmed=row[4] == 1,
        area=_AREAS[row[5]],
        flags=_flags(row[6]),
        stage=row[7],
        received=datetime.fromisoformat(row[8]),
        handler=row[9],
        next_clock=_CLOCKS[row[10]] if row[10] else None,
        next_due=date.fromisoformat(row[11]) if row[11] else None,
        next_paragraph=row[12] or "",
        provisional=bool(row[13]),
        closed=datetime.fromisoformat(row[14]) if row[14] else None,
        next_target=date.fromisoformat(row[15]) if row[15] else None,
        chased=row[16],
    )


_LABELS = {x.value: x for x in Label}
_DECISIONS = {x.value: x for x in Decision}
_AREAS = {x.value: x for x in ServiceArea}
_CLOCKS = {x.value: x for x in Clock}


@lru_cache(maxsize=1024)
def _flags(text: str) -> tuple[Flag, ...]:
    return tuple(map(Flag, json.loads(text)))
