"""One case in full, as a terminal shows it: for a person who may see who wrote and what was said."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from operator import attrgetter

from putright.bot.terminal import harmless, one_line
from putright.cases.beside import beside
from putright.cases.case import Case
from putright.cases.deadlines import Deadline
from putright.cases.duties import Owed, duties
from putright.cases.errors import Refused
from putright.cases.events import Event, JoinedAs, Kind
from putright.cases.hazards import SOURCE, Hazard, hazard_deadlines
from putright.cases.impact import impact_lacks, impact_of
from putright.cases.message import Message
from putright.cases.offers import offers
from putright.cases.records.hazard import assessed
from putright.cases.records.index import BY_KIND
from putright.cases.records.people import representatives
from putright.cases.records.words import day_of
from putright.cases.working_days import LONDON, in_words, local_day
from putright.triage.answer import working
from putright.triage.flags import flagged
from putright.triage.landlord import Landlord
from putright.triage.posts import (
    ACTS,
    OWN,
    act_words,
    due_if_accepted,
    late_words,
    offer_commands,
    offer_words,
)
from putright.triage.promised import limits_of
from putright.triage.telling import told

WIDTH = 110
"""Columns: longer lines are broken."""

OWED_WORDS = {
    Owed.CHOICE: "the choice to complain (Code 1.3)",
    Owed.DISCRETION: "a person's decision on taking it after 12 months (Code 2.3)",
    Owed.CONTACT: "contact: what the resident said in a survey, and how to complain (Code 1.6)",
    Owed.UPDATE: "an update to the resident (Code 5.9)",
    Owed.ACTION: "action{number} (Code 6.6)",
    Owed.REMEDY: "remedy{number} (Code 7.3)",
    Owed.ORDER: "the Ombudsman's order{number} (Code 9.7)",
    Owed.RESTRICTION: "review of restriction{number} (Code 5.14)",
    Owed.ADJUSTMENT: "review of adjustment{number} (Code 5.10)",
    Owed.FLAG: "review of flag{number} (Code 5.10)",
    Owed.CONFINEMENT: "review of who may see the case (Code 5.8)",
    Owed.LEARNING: "learning{number} (Code 9.1)",
}


Paths = Mapping[str, Sequence[str]]
"""By each message's id the places it was found in."""


def case_text(
    case: Case, messages: Sequence[Message], landlord: Landlord, paths: Paths, now: datetime
) -> str:
    """The whole page: how it stands, what waits for a person, the definition, the dates, the acts, the messages."""
    lines = [
        *_head(case, messages),
        *_late(case, landlord, now),
        *_offers(case, landlord),
        *_definition(case),
        *_dates(case, landlord),
        *_hazard(case, landlord),
        *_beside(case, landlord),
        *_owed(case),
        *_records(case),
        *_ending(case),
    ]
    numbers = _attachment_numbers(messages)
    for message in sorted(messages, key=lambda x: number_of(case, x)):
        lines += ["", *_joined(case, message), *_message(case, message, numbers[message.id])]
        lines += _came_by(paths.get(message.id, ()))
    return harmless("\n".join(lines))


def happened(events: Iterable[Event]) -> list[str]:
    """Events as lines to read, by when they happened: when, what, by whom."""
    lines = []
    for event in sorted(events, key=attrgetter("at")):
        when = f"{event.at.astimezone(LONDON):%a %-d %b %Y %H:%M}"
        lines += textwrap.wrap(
            harmless(f"{told(event)} ({_who(event)})"),
            WIDTH,
            initial_indent=f"{when:<23}",
            subsequent_indent=" " * 23,
        )
    return lines


def _who(event: Event) -> str:
    """Who did it; and, where that was another day, when it was written down."""
    if event.recorded_at is None or not event.out_of_turn:
        return event.actor
    return f"{event.actor}; written down on {event.recorded_at.astimezone(LONDON):%a %-d %b %Y %H:%M}"


def _head(case: Case, messages: Sequence[Message]) -> Iterator[str]:
    sure = f"confirmed by {case.confirmed_by}" if case.confirmed_by else case.decision.value
    stage = f", stage {case.stage}" if case.stage else ""
    yield f"{case.reference}  {case.label.words} ({sure}){stage}"
    if ended := list(_ended(case)):
        yield from textwrap.wrap(
            f"State      {'; '.join(ended)}", WIDTH, subsequent_indent=" " * 11, break_on_hyphens=False
        )
    first = min(messages, key=lambda x: x.received_at, default=None)
    source = f" ({first.received_from})" if first else ""
    yield f"Received   {case.received.astimezone(LONDON):%a %-d %b %Y %H:%M}{source}"
    yield f"Area       {case.area.words}"
    yield f"Flags      {', '.join(flag.value.replace('_', ' ') for flag in case.flags) or '-'}"
    yield f"Handler    {case.handler or 'unassigned'}"
    if kept := flagged(case):
        yield f"Flagged    {kept}"
    for x in representatives(case, "pending", "given"):
        who = f"{x['representative']}, {x['relation']}" if x.get("relation") else x["representative"]
        yield f"Speaks for the resident: {who}; authority {x['status']} {day_of(x, 'on')} (Code 3.6)"
    if case.confined:
        seers = ", ".join((*case.seers, "leads"))
        yield f"Confined   seen only by {seers}; reviewed {in_words(case.confined.due)}: {case.confined.reason}"
    if case.discretion and not case.in_time:
        yield f"Exclusion  more than 12 months old, taken all the same: {case.discretion} (Code 2.3)"
    elif case.to_consider:
        yield "Exclusion  more than 12 months old: a person considers taking it all the same (Code 2.3)"
    if chased := _chased(case):
        yield f"Chased     {chased}"
    if case.joined_into:
        yield f"Part of    {case.joined_into}"
    if case.escalated:
        people = list(dict.fromkeys((case.first.handler, *case.first.deciders)))
        yield f"Stage 1    handled by {', '.join(filter(None, people)) or 'nobody named'} (not at stage 2: Code 6.13)"


def _ended(case: Case) -> Iterator[str]:
    """What ended it, or a stage of it: refused, declined, withdrawn, closed, each with its day."""
    if case.refused or case.stage_2_refused:
        last = case.of(Kind.REFUSED)[-1].data
        told = (
            "the letter tells of the Ombudsman" if last.get("ombudsman_told") else "no word of the Ombudsman"
        )
        yield (
            f"{'stage 2 ' if last.get('escalation') else ''}REFUSED {day_of(last, 'on')} on the ground "
            f"{last['ground'].replace('-', ' ')} ({told}: Code 2.4)"
        )
    if case.choice == "declined":
        yield "the resident chose not to complain (Code 1.3)"
    if case.withdrawn:
        yield f"withdrawn by the resident on {in_words(case.withdrawn)}"
    if case.closed:
        part = case.joined_into or case.merged_into
        yield f"closed on {in_words(local_day(case.closed))}" + (f", part of {part}" if part else "")


def _late(case: Case, landlord: Landlord, now: datetime) -> Iterator[str]:
    today = local_day(now)
    due = case.next_due(landlord.calendar, landlord.targets)
    if due and (late := late_words(due, today, landlord.calendar)):
        act = act_words(due) if due.of_the_code else f"{ACTS[due.clock.value]} {in_words(due.due)}"
        yield f"Late       {late}: {act}"
    for limit, said in () if case.closed else limits_of(case, landlord.calendar):
        if limit.passed(now):
            yield f"Late       Awaab's Law: {said}"


def _chased(case: Case) -> str:
    times = len(case.chasers)
    days = [in_words(date.fromisoformat(x.data["day"])) for x in case.chasers if x.data.get("day")]
    return f"{times} time{'' if times == 1 else 's'}, last on {days[-1]}" if days else ""


def _offers(case: Case, landlord: Landlord) -> Iterator[str]:
    for offer in offers(case):
        yield ""
        yield from textwrap.wrap(f"FOR A PERSON, offer {offer.number}: {offer_words(offer)}.", WIDTH)
        if due := due_if_accepted(case, offer, landlord):
            yield f"  Then {act_words(due)}."
        for command in offer_commands(case, offer):
            yield f"  {command}"


def _joined(case: Case, message: Message) -> Iterator[str]:
    """Which of the case's messages this is, by the number `case unjoin` takes, and why it stands here."""
    if len(case.messages) < 2 or message.id not in case.messages:
        return
    number = number_of(case, message)
    event = join_of(case, message)
    yield f"Message {number}. {told(event) if event else 'It opened the case.'}"


def _came_by(paths: Sequence[str]) -> Iterator[str]:
    if paths:
        yield f"Came by: {'; '.join(paths)}"


def _definition(case: Case) -> Iterator[str]:
    if not case.runs_complaint_clocks:
        return
    definition = case.at_stage(case.stage).definition
    by, stage = "draft from the resident's own sentences", case.stage
    if case.stage == 2 and not definition.by:  # until stage 2 has its own, what stage 1 was about stands
        definition, stage = case.first.definition, 1
        by = "of stage 1: confirm it, or one of your own, for stage 2 (Code 5.6)"
    elif definition.by:
        again = f", version {definition.version}" if definition.version > 1 else ""
        by = f"confirmed by {definition.by}{again}"
    yield ""
    yield f"Complaint definition ({by})"
    ours = dict(enumerate(definition.responsible, 1))
    decided = decisions_of(case, stage)
    for number, point in enumerate(definition.points, 1):
        yield f"  {number}. {point}{_whose(ours.get(number, 'yes'))}"
        if number in decided:
            yield f"     {decided[number]['outcome']}: {decided[number]['reason']}"
    if affected := impact_of(case):
        yield f"  affected the resident: {affected} (Code 7.2)"
    elif impact_lacks(case):
        yield "  nobody has said how the fault affected the resident (Code 7.2)"
    for question in definition.asked:
        yield f"  asked: {question}"
    for outcome in definition.outcomes:
        yield f"  seeks: {outcome}"
    if not definition.points:
        yield "  no point found: ask what is wrong (Code 5.6)"
    if not definition.outcomes and definition.asked:
        yield "  seeks: not stated, asked"
    elif not definition.outcomes:
        yield "  no outcome found: ask what would put it right (Code 5.6)"


def _whose(responsible: str) -> str:
    """What is said behind a point that is not, or perhaps not, the landlord's (5.7)."""
    if responsible == "yes":
        return ""
    return (
        " (whose it is, is not known yet)"
        if responsible == "unclear"
        else f" (not ours but {responsible[4:]}'s)"
    )


def decisions_of(case: Case, stage: int) -> dict[int, dict[str, str]]:
    """What was decided on each point at a stage, by number."""
    sent = [x for x in case.of(Kind.RESPONDED) if x.data["stage"] == stage]
    return dict(enumerate(sent[-1].data.get("decisions", ()), 1)) if sent else {}


def _dates(case: Case, landlord: Landlord) -> Iterator[str]:
    dates = case.deadlines(landlord.calendar, landlord.targets)
    if not dates:
        return
    yield ""
    yield "Dates"
    for due in dates:
        for line in _done(case, due) if due.done else working(due):
            yield f"  {line}"
        backstop = due.backstop if not due.provisional else None
        if backstop and backstop != due.due_before_extension:
            first = due.backstop_from.words
            yield f"  Counted from {first} with both limits it would be {in_words(backstop)} (backstop)."
        if due.clock.value.endswith("response"):
            stage = 2 if due.clock.value.startswith("stage_2") else 1
            for event in case.of(Kind.EXTENDED):
                if event.data["stage"] == stage:
                    yield from textwrap.wrap(
                        told(event), WIDTH, initial_indent="    ", subsequent_indent="    "
                    )


def _done(case: Case, due: Deadline) -> Iterator[str]:
    """An act that was done: when, when it was due, whether in time, and what was decided."""
    assert due.done
    kept = "in time" if due.met else "LATE"
    own = ""
    if due.target:
        own = f"; {OWN} {in_words(due.target)} {'kept' if due.target_met else 'missed'}"
    if not due.of_the_code:
        yield f"{due.clock.words}: closed {in_words(due.done)}{own} (the Code has no limit for it)"
        return
    line = f"{due.clock.words}: {in_words(due.done)}, due {in_words(due.due)}, {kept} (Code {due.cited}){own}"
    if due.clock.value.endswith("response"):
        stage = case.second if due.clock.value.startswith("stage_2") else case.first
        line += f". {stage.outcome.capitalize()}, decided by {stage.deciders[0]}."
    yield line


def _hazard(case: Case, landlord: Landlord) -> Iterator[str]:
    """Awaab's Law beside the Code: what a person assessed, or that one should look and how long an emergency gives."""
    found = assessed(case, landlord.calendar)
    for hazard in found:
        yield ""
        yield f"Awaab's Law: {hazard.said} ({SOURCE})"
        for x in hazard.limits:
            kept = ""
            if x.done:
                kept = f"; done {in_words(local_day(x.done))}, {'in time' if x.met else 'LATE'}"
            yield f"  {x.duty[0].upper()}{x.duty[1:]}: by {x.due_in_words} ({x.limit}){kept}"
    if case.possible_hazard:
        yield ""
        yield "Awaab's Law: a possible hazard that nobody has assessed yet"
        yield f'  putright case hazard {case.reference} --kind … --of … --aware … --reason "…"'
        for kind in Hazard:
            try:
                first = hazard_deadlines(kind, case.received, landlord.calendar)[0]
            except Refused:  # before the regulations, or beyond the calendar
                continue
            yield f"  if {kind.value}, known since receipt: {first.duty} by {first.due_in_words} ({first.limit})"


def _beside(case: Case, landlord: Landlord) -> Iterator[str]:
    """What its messages bring beside the label, and the clocks of it (none of them the Code's)."""
    if marks := case.standing_marks:
        yield ""
        yield "Beside the label (a person checks each)"
        for mark in marks:
            yield from textwrap.wrap(
                f"{mark.meaning} ({mark.source})", WIDTH, initial_indent="  ", subsequent_indent="    "
            )
        for x in beside(case.marks, landlord.calendar):
            answered = marks[x.mark].answered
            kept = (
                f"; done {in_words(answered)}, {'in time' if x.kept(answered) else 'LATE'}"
                if answered
                else ""
            )
            yield f"  {x.duty[0].upper()}{x.duty[1:]}: by {x.due_in_words} ({x.limit}; {x.source}){kept}"
            if not answered:
                yield f"    putright case mark {case.reference} {x.mark.value} --answered YYYY-MM-DD"


def _owed(case: Case) -> Iterator[str]:
    found = [x for x in duties(case) if x.kind is not Owed.MARK]  # those stand with what they are about
    if found:
        yield ""
        yield "Still owed"
    for duty in found:
        number = f" {duty.number}" if duty.number else ""
        owner = f", {duty.owner}" if duty.owner else ""
        due = f": {in_words(duty.due)}" if duty.due else ""
        yield f"  {OWED_WORDS[duty.kind].format(number=number)}{due}{owner}"


def _records(case: Case) -> Iterator[str]:
    events = case.of(*BY_KIND, *BESIDE_RECORDS)
    if events:
        yield ""
        yield from happened(events)


BESIDE_RECORDS = (Kind.DONE, Kind.LINKED, Kind.MERGED, Kind.UNMERGED, Kind.ISSUE)
"""Kinds of events that are shown among the records and are none of their acts."""


def _ending(case: Case) -> Iterator[str]:
    events = case.of(Kind.CLOSED, Kind.REOPENED)
    if events:
        yield ""
        yield from happened(events)


_IN_BODY = ("what_happened", "what_would_put_it_right")
"""Fields of a form that make up the body."""


def _attachment_numbers(messages: Sequence[Message]) -> dict[str, int]:
    """By each message's id the number of its first attachment within the case, in the order they are kept."""
    numbers, number = {}, 1
    for message in messages:
        numbers[message.id] = number
        number += len(message.attachments)
    return numbers


def _message(case: Case, message: Message, number: int) -> Iterator[str]:
    """A message; `number` is that of its first attachment within the case."""
    joined = join_of(case, message)
    kind = joined.data.get("as") if joined else None
    if kind == JoinedAs.STAFF:
        yield f"From {message.sender} (staff)"
    else:
        who = str(message.resident) or "not known"
        passed = f", passed on by {message.forwarded_by or message.sender}"
        yield f"From {who}{passed if message.forwarded_by or message.resident != message.sender else ''}"
    if joined:
        moment = message.sent_at if kind == JoinedAs.STAFF and message.sent_at else message.received_at
        yield f"Of {moment.astimezone(LONDON):%a %-d %b %Y %H:%M}"
    else:
        yield f"The clock starts at {message.received_from}."
    for note in message.notes:
        yield f"Note: {note}"
    for n, x in enumerate(message.attachments, number):
        yield one_line(f"Attachment {n}: {x.name or 'without a name'} ({x.media_type}, {x.size:,} bytes)")
    for field in message.fields:
        if field.label and field.value and field.kind not in _IN_BODY:
            yield f"{field.label}: {'; '.join(x for x in field.value.splitlines() if x.strip())}"
    if message.subject:
        yield f"Subject: {message.subject}"
    for line in _shown(message, kind):
        yield f"  | {line}"


def number_of(case: Case, message: Message) -> int:
    """Its number among the case's messages, from 1, in the order they came; 0 when it is none of them."""
    return case.messages.index(message.id) + 1 if message.id in case.messages else 0


def _shown(message: Message, kind: str | None) -> list[str]:
    """The lines of a message; of the same mail by another path only what was written above it."""
    if kind != JoinedAs.COPY or not message.forwarded_by:
        return message.body.splitlines()
    above = "".join(message.body[x.start : x.end] for x in message.spans if x.kind == "covering")
    return [*above.strip().splitlines(), "[the mail itself is shown once]"]


def join_of(case: Case, message: Message) -> Event | None:
    return next((x for x in case.joins.values() if x.data["message"] == message.id), None)
