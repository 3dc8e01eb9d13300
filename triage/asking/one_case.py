"""Answers about one case: how it stands, its dates, its definition, why it is what it is, what was promised."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from sqlite_utils import Database

from putright.cases.case import Case
from putright.cases.deadlines import Deadline
from putright.cases.events import Event, Kind
from putright.cases.labels import Label
from putright.cases.limits import EXTENSIONS, LIMITS, OF_THE_CODE, Clock, extension
from putright.cases.record import items
from putright.cases.working_days import in_words, in_working_days, local_day
from putright.storage import cases, events, messages
from putright.triage.asking.result import Answer, number
from putright.triage.eyes import Eyes
from putright.triage.flags import flagged
from putright.triage.landlord import Landlord
from putright.triage.posts import ACTS, OWN, act_words, hazard_words, headline, late_words
from putright.triage.question import Question

WHICH = "Which case? Write its reference beside it."


def about(db: Database, question: Question, landlord: Landlord, now: datetime, eyes: Eyes) -> Answer:
    """The answer about the case that the question names; one that `eyes` may not see is answered as one unknown."""
    if not question.ref:
        return Answer(
            WHICH,
            lines=(f"{_EXAMPLES.get(question.intent, 'status of')} HC-2026-0012",),
        )
    others: list[str] = []
    reference = question.ref
    if not reference.startswith("HC"):
        found = cases.numbered(db, int(reference), eyes.seen_by)
        if not found:
            return Answer(f"There is no case with the number {int(reference)}.", missing=True)
        reference, *others = found
    case = events.load(db, reference)
    if case is None or not eyes.see(case):
        return Answer(f"There is no case {reference}.", missing=True)
    answer = replace(_about(db, question, case, landlord, now, eyes), about=reference)
    if others:
        more = f"You wrote a number alone: there is also {', '.join(others)}."
        return replace(answer, lines=(*answer.lines, more))
    return answer


_EXAMPLES = {
    "who_has": "who has",
    "why": "why",
    "definition": "show the definition of",
    "promises": "what did we promise on",
    "timeline": "timeline of",
    "due_when": "when is the response due for",
}


def _about(
    db: Database, question: Question, case: Case, landlord: Landlord, now: datetime, eyes: Eyes
) -> Answer:
    due = case.next_due(landlord.calendar, landlord.targets)
    sentence = headline(case, due)
    match question.intent:
        case "who_has":
            if not case.handler:
                return Answer("Nobody has it yet.", lines=(f"{sentence}",))
            return Answer(f"{case.reference} is with {case.handler}.")
        case "due_when":
            return _due_when(question.what, case, landlord, due, sentence)
        case "why":
            reading = messages.latest_reading(db, case.messages[0])
            return Answer(sentence, lines=_why(case, reading.why if reading else "", reading))
        case "definition":
            definition = case.at_stage(case.stage).definition
            by = (
                f"Confirmed by {definition.by}." if definition.by else "A draft: nobody has confirmed it yet."
            )
            return Answer(
                f"{case.reference}: {number(len(definition.points), 'point')}, "
                f"{number(len(definition.outcomes), 'outcome')} sought.",
                lines=(by,),
                private=(
                    *(f"{n}. {point}" for n, point in enumerate(definition.points, 1)),
                    *(f"Seeks: {outcome}" for outcome in definition.outcomes),
                ),
            )
        case "promises":
            return _promises(case)
        case "timeline":
            return Answer(
                f"{case.reference}: {number(len(case.history), 'thing')} happened, the oldest first.",
                lines=(
                    *_history(case.history),
                    f"`putright case timeline {case.reference}` has the particulars.",
                ),
            )
    kept = "" if eyes.numbers_only else flagged(case)
    private = (f"Flagged: {kept}.",) if kept else ()
    hazard = () if case.closed else tuple(filter(None, [hazard_words(case)]))
    return Answer(sentence, lines=(*hazard, *_status(case, landlord, now, eyes)), private=private)


def _due_when(what: str, case: Case, landlord: Landlord, due: Deadline | None, sentence: str) -> Answer:
    if what == "any":
        return Answer(sentence, lines=tuple(working(due)) if due else ("Nothing is due.",))
    wanted = [
        x
        for x in case.deadlines(landlord.calendar, landlord.targets)
        if x.clock.value.endswith(what) and x.clock.value.startswith(f"stage_{case.stage}")
    ]
    if not wanted or case.closed:
        why = "it is closed" if case.closed else f"it is logged as {case.label.words}"
        return Answer(f"{case.reference}: no {what} is due, {why}.")
    (asked,) = wanted
    if asked.done:
        kept = "in time" if asked.met else "late"
        return Answer(
            f"{case.reference}: the {asked.clock.words} was sent {in_words(asked.done)}, {kept}; "
            f"it was due {in_words(asked.due)} (Code {asked.cited})."
        )
    return Answer(f"{case.reference}: {act_words(asked)}.", lines=tuple(working(asked)))


def _promises(case: Case) -> Answer:
    """Actions and remedies, those still open first; the words of each are for whoever may see the case."""
    promised = [(act, item) for act in (Kind.ACTION, Kind.REMEDY) for item in items(case, act)]
    if not promised:
        return Answer(f"{case.reference}: nothing is recorded as promised.")
    still = [x for x in promised if not x[1].done]
    lines = []
    for kind, item in sorted(promised, key=lambda x: (x[1].done is not None, x[1].due or date.max)):
        due = f", due {in_words(item.due)}" if item.due else ""
        owner = f", {item.data['owner']}" if item.data.get("owner") else ""
        done = f", done {in_words(local_day(item.done.at))}" if item.done else ", still to do"
        what = item.data.get("what") or item.data.get("kind") or ""
        lines.append(
            f"{kind.value.capitalize()} {item.number}{owner}{due}{done}{f': {what}' if what else ''}"
        )
    return Answer(
        f"{case.reference}: {len(promised)} promised, {len(still)} still to do.", private=tuple(lines)
    )


def _history(happened: Iterable[Event]) -> Iterable[str]:
    """Each event in a line: when, what, by whom; never the words that were written."""
    for event in happened:
        stage = f" at stage {event.data['stage']}" if event.data.get("stage") else ""
        what = event.kind.value.replace("_", " ")
        yield f"{in_words(local_day(event.at))}: {what}{stage}, by {event.actor}"


def _why(case: Case, why: str, reading: object) -> tuple[str, ...]:
    last = case.labels[-1]
    if case.confirmed_by:
        reason = f": {last.reason}" if last.reason else ""
        return (f"{last.actor} said so on {in_words(local_day(last.at))}{reason}.", f"The machine had: {why}")
    return (why,) if reading else ()


def _status(case: Case, landlord: Landlord, now: datetime, eyes: Eyes) -> list[str]:
    today = local_day(now)
    handler = "a handler" if eyes.numbers_only else case.handler
    lines = [
        f"Received {in_words(local_day(case.received))}; {case.area.words}; "
        + (f"with {handler}." if case.handler else "unassigned.")
    ]
    if case.confined:
        seers = ", ".join((*case.seers, "leads"))
        lines.append(f"Confined: seen only by {seers}; reviewed {in_words(case.confined.due)}.")
    if case.closed:
        lines.append(f"Closed {in_words(local_day(case.closed))}.")
        return lines
    for due in case.deadlines(landlord.calendar, landlord.targets):
        if due.done:
            kept = "in time" if due.met else f"late, due {in_words(due.due)}"
            lines.append(f"{due.clock.words.capitalize()}: {in_words(due.done)}, {kept} (Code {due.cited}).")
        else:
            late = late_words(due, today, landlord.calendar)
            late = f" {late[0].upper()}{late[1:]}." if late else ""
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
    if not due.of_the_code:
        lines.append("This is your own target, for the Code has no limit here; closing the case ends it.")
    elif due.target and due.target_days:
        lines.append(f"Your own target: {in_words(due.target)} ({in_working_days(due.target_days)}).")
    if due.provisional:
        lines.append(f"Provisional: {due.provisional}.")
    return lines


def deadline_rule(question: Question, landlord: Landlord, now: datetime) -> Answer:
    """How long the Code gives, today: what was asked for first."""
    today = local_day(now)
    lines = []
    for clock in OF_THE_CODE:
        limit = max((x for x in LIMITS if x.clock is clock and x.in_force <= today), key=lambda x: x.in_force)
        target = landlord.targets.get(clock)
        own = f"; {OWN}: {in_working_days(target)}" if target else ""
        line = (
            f"{clock.words.capitalize()}: {limit.words} from {limit.starts.words} (Code {limit.cited}){own}."
        )
        wanted = (f"stage_{question.stage}" in clock.value) + (question.what in clock.value)
        lines.append((-wanted, line))
    if days := landlord.targets.get(Clock.SERVICE_REQUEST):
        line = f"Service request: {in_working_days(days)} from receipt ({OWN}; the Code has no limit for it, 1.4)."
        lines.append((-3 * (question.label is Label.SERVICE_REQUEST), line))
    for clock in dict.fromkeys(x.clock for x in EXTENSIONS):
        rule = extension(clock, today)
        line = (
            f"Extending the {clock.words}: at most {rule.days} working days without a good "
            "reason, and the resident is "
            f"told why and how to reach the Ombudsman (Code {rule.cited}, {rule.notice_cited})."
        )
        lines.append((0, line))
    first, *others = (line for _, line in sorted(lines, key=lambda x: x[0]))
    return Answer(first, lines=tuple(others))
