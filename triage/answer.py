"""Answering staff: the same answer for Slack, the terminal and the desk.

An answer names cases by reference only; who the resident is and what they wrote stand in the case itself.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from putright.cases.case import Case
from putright.cases.deadlines import Deadline
from putright.cases.labels import Flag
from putright.cases.working_days import in_words, local_day
from putright.storage import cases, events, intake, messages
from putright.storage.cases import Filter, Row
from putright.triage.landlord import Landlord
from putright.triage.posts import ACTS, act_words, headline
from putright.triage.question import Question, period, understand, window

HELP = (
    "what's overdue",
    "what is due today / tomorrow / this week / next week / in 10 days",
    "what is overdue for repairs, what is due for Priya, my cases",
    "what is unassigned / unacknowledged / to review",
    "how many complaints this month",
    "HC-2026-0012, when is HC-2026-0012 due, why is HC-2026-0012 a complaint, who has HC-2026-0012",
)


_STATES = {"review": "waiting for a person to say what they are", "hazard": "marked as a possible hazard"}
_DATED = ("", "due", "open", "unassigned", "unacknowledged", "hazard")
"""States beside which a time means when a case is due."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A sentence, the cases it is about (may be none), and further lines."""

    sentence: str
    rows: tuple[Row, ...] = ()
    lines: tuple[str, ...] = ()


def answer(db: Database, text: str, asker: str, landlord: Landlord, now: datetime) -> Answer:
    """The answer to a question in plain English. Never raises for what was typed."""
    question = understand(text, cases.handlers(db))
    match question.intent:
        case "list":
            return _list(db, question, asker, landlord, now)
        case "count":
            return _count(db, question, asker, now)
        case "help":
            return Answer("You can ask me, in your own words:", lines=HELP)
        case "none":
            return Answer("I did not understand that. I can answer questions like these:", lines=HELP)
    case = events.load(db, question.ref)
    if case is None:
        return Answer(f"There is no case {question.ref}.")
    return _about(db, question, case, landlord, now)


def _list(db: Database, question: Question, asker: str, landlord: Landlord, now: datetime) -> Answer:
    today = local_day(now)
    if question.state == "parked":
        held = [item for item in intake.parked(db) if item.state == "parked"]
        return Answer(
            f"{_number(len(held), 'message')} parked. `putright parked` lists them with the reason."
        )
    handler = (asker if question.handler == "me" else question.handler) or None
    start = end = None
    words = _STATES.get(question.state, question.state or "open")
    if question.state == "due" or (question.within and question.state in _DATED):
        start, end = window(question.within or "this_week", today, landlord.calendar)
        due = f"due {(question.within or 'this_week').replace('_', ' ')}"
        if question.within.endswith("_days"):
            due = f"due in the next {question.within.removesuffix('_days')} days"
        words = due if question.state in ("", "due", "open") else f"{words} and {due}"
    rows = cases.listing(
        db,
        Filter(
            label=question.label,
            area=question.area,
            stage=question.stage or None,
            handler=handler,
            overdue_on=today if question.state == "overdue" else None,
            due_from=start,
            due_until=end,
            unassigned=question.state == "unassigned",
            review=question.state == "review",
            closed=question.state == "closed",
        ),
    )
    if question.state == "hazard":
        rows = [x for x in rows if {Flag.HAZARD_EMERGENCY, Flag.HAZARD_SIGNIFICANT} & set(x.flags)]
    if question.state == "unacknowledged":
        rows = [x for x in rows if x.next_clock and x.next_clock.value.endswith("acknowledgement")]
    parts = [
        f"at stage {question.stage}" if question.stage else "",
        f"for {question.area.words}" if question.area else "",
        f"with {handler}" if handler else "",
    ]
    noun = question.label.words if question.label else "case"
    where = "".join(f" {part}" for part in parts if part)
    verb = "is" if len(rows) == 1 else "are"
    if not rows:
        return Answer(f"No {noun}s {words}{where}." if words != "open" else f"No open {noun}s{where}.")
    return Answer(f"{_number(len(rows), noun)}{where} {verb} {words}.", tuple(rows))


def _count(db: Database, question: Question, asker: str, now: datetime) -> Answer:
    first, last = period(question.period, local_day(now))
    handler = (asker if question.handler == "me" else question.handler) or None
    rows = cases.listing(
        db,
        Filter(
            label=question.label,
            area=question.area,
            stage=question.stage or None,
            handler=handler,
            received_from=first if question.period else None,
            received_until=last if question.period else None,
            closed={"open": False, "closed": True}.get(question.state),
        ),
    )
    parts = [
        f"at stage {question.stage}" if question.stage else "",
        f"for {question.area.words}" if question.area else "",
        f"with {handler}" if handler else "",
        f"received {question.period.replace('_', ' ')}" if question.period else "",
        question.state and f"{'is' if len(rows) == 1 else 'are'} {question.state}",
        "in all" if not question.period and not question.state else "",
    ]
    noun = question.label.words if question.label else "case"
    unsure = sum(x.unconfirmed for x in rows)
    lines = (f"{unsure} of them nobody has confirmed yet.",) if unsure else ()
    return Answer(" ".join([_number(len(rows), noun), *(part for part in parts if part)]) + ".", lines=lines)


def _about(db: Database, question: Question, case: Case, landlord: Landlord, now: datetime) -> Answer:
    due = case.next_due(landlord.calendar, landlord.targets)
    sentence = headline(case, due)
    match question.intent:
        case "who_has":
            return Answer(
                f"{case.reference} is with {case.handler}." if case.handler else "Nobody has it yet."
            )
        case "due_when":
            return Answer(sentence, lines=tuple(working(due)) if due else ("Nothing is due.",))
        case "why":
            reading = messages.latest_reading(db, case.messages[0])
            return Answer(sentence, lines=_why(case, reading.why if reading else "", reading))
        case "definition":
            definition = case.at_stage(case.stage).definition
            by = (
                f"Confirmed by {definition.by}." if definition.by else "A draft: nobody has confirmed it yet."
            )
            return Answer(
                f"{case.reference}: {_number(len(definition.points), 'point')}, "
                f"{_number(len(definition.outcomes), 'outcome')} sought.",
                lines=(by, f"`putright case show {case.reference}` shows the text."),
            )
    return Answer(sentence, lines=tuple(_status(case, landlord, now)))


def _why(case: Case, why: str, reading: object) -> tuple[str, ...]:
    last = case.labels[-1]
    if case.confirmed_by:
        reason = f": {last.reason}" if last.reason else ""
        return (f"{last.actor} said so on {in_words(local_day(last.at))}{reason}.", f"The machine had: {why}")
    return (why,) if reading else ()


def _status(case: Case, landlord: Landlord, now: datetime) -> list[str]:
    today = local_day(now)
    lines = [
        f"Received {in_words(local_day(case.received))}; {case.area.words}; "
        + (f"with {case.handler}." if case.handler else "unassigned.")
    ]
    if case.closed:
        lines.append(f"Closed {in_words(local_day(case.closed))}.")
        return lines
    for due in case.deadlines(landlord.calendar, landlord.targets):
        if due.done:
            kept = "in time" if due.met else f"late, due {in_words(due.due)}"
            lines.append(
                f"{due.clock.words.capitalize()}: {in_words(due.done)}, {kept} (Code {due.paragraph})."
            )
        else:
            late = " OVERDUE." if due.due < today else ""
            provisional = f" Provisional: {due.provisional}." if due.provisional else ""
            lines.append(f"{act_words(due)[0].upper()}{act_words(due)[1:]}.{late}{provisional}")
    return lines


def working(due: Deadline) -> list[str]:
    """How a due date was counted, day by day, in words."""
    act, start = ACTS[due.clock.value].capitalize(), in_words(due.start)
    lines = [f"{act} {in_words(due.due)}: {due.limit} from {due.starts.words}, {start}."]
    skipped = [f"{in_words(x.day)} ({x.why})" for x in due.working if x.number is None]
    counted = [x for x in due.working if x.number is not None]
    if counted:
        lines.append(
            f"Day 1 is {in_words(counted[0].day)}, day {counted[-1].number} is {in_words(counted[-1].day)}."
        )
    if skipped:
        lines.append("Not counted: " + ", ".join(skipped) + ".")
    if due.target:
        lines.append(f"Our own target: {in_words(due.target)} ({due.target_days} working days).")
    if due.provisional:
        lines.append(f"Provisional: {due.provisional}.")
    return lines


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
