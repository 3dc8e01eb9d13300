"""What is said about a case: plain values that Slack and the terminal both show.

A post holds the reference, the label, dates and paragraphs. It never holds a name, an address or a word of the
resident's: those stand behind an access check.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from putright.cases.case import Case
from putright.cases.deadlines import Deadline
from putright.cases.events import Kind
from putright.cases.hazards import EMERGENCY_HOURS
from putright.cases.labels import Channel, Decision, Flag, Label
from putright.cases.offers import ACKNOWLEDGEMENT, RESPONSE, Offer, What, response_waiting
from putright.cases.offers import offers as offers_of
from putright.cases.reading import Reading
from putright.cases.records.assessment import assess_command
from putright.cases.working_days import Calendar, in_words, in_working_days, local_day
from putright.triage.landlord import Landlord

ACTS = {
    "stage_1_acknowledgement": "acknowledge by",
    "stage_1_response": "answer by",
    "stage_2_acknowledgement": "acknowledge stage 2 by",
    "stage_2_response": "give the final response by",
    "service_request": "see to it by",
}

REACTION = "reaction"
"""The kind of what is no post but a mark on a message that a person wrote."""
LOGGED_MARK = "memo"

CHANNEL_WORDS = {
    Channel.EMAIL: "e-mail",
    Channel.FORWARD: "a forwarded e-mail",
    Channel.SLACK: "a staff note",
    Channel.WEBFORM: "web form",
    Channel.SURVEY: "a survey answer",
    Channel.SOCIAL: "social media",
}

PERHAPS = {
    Label.COMPLAINT: "a complaint",
    Label.SERVICE_REQUEST: "a service request",
    Label.OTHER: "something else",
}


ANY_LABEL = "(or service request, survey feedback, other)"
ANY_LABEL_TYPED = "(or service_request, survey_feedback, other)"


@dataclass(frozen=True, slots=True)
class Post:
    """One thing to say: a first line, further lines below it, and what Slack offers as buttons for `case`."""

    title: str
    lines: tuple[str, ...] = ()
    case: str = ""
    offers: tuple[str, ...] = ()
    commands: tuple[tuple[str, str], ...] = ()
    """What the lines tell people to type in Slack, and what stands for it on a terminal."""
    beside: tuple[tuple[int, str, str], ...] = ()
    """Buttons beside single lines: the line's place from 0, the name of the act, the case it is of."""
    review: bool = False
    """Whether it has the buttons that begin a review."""

    def as_json(self) -> dict[str, Any]:
        return {
            **asdict(self),
            "lines": list(self.lines),
            "offers": list(self.offers),
            "commands": [list(pair) for pair in self.commands],
            "beside": [list(one) for one in self.beside],
        }

    @property
    def text(self) -> str:
        """All of it as plain text."""
        return "\n".join((self.title, *self.lines))

    @property
    def on_terminal(self) -> str:
        """The same where there is no Slack: with the commands of the terminal."""
        text = self.text
        for in_slack, typed in self.commands:
            text = text.replace(in_slack, typed)
        return text


def from_json(data: Any) -> Post:
    return Post(
        data["title"],
        tuple(data["lines"]),
        data.get("case", ""),
        tuple(data.get("offers", ())),
        tuple((in_slack, typed) for in_slack, typed in data.get("commands", ())),
        tuple((place, name, reference) for place, name, reference in data.get("beside", ())),
        data.get("review", False),
    )


def commands(reference: str) -> tuple[tuple[str, str], ...]:
    """The commands that posts about a case name, in Slack and on a terminal; the longer ones first."""
    say, typed = f"/case {reference} is complaint", f"putright review set {reference} complaint"
    return (
        (f"{say}  {ANY_LABEL}", f"{typed}  {ANY_LABEL_TYPED}"),
        (say, typed),
        (f"/case {reference}", f"putright case show {reference}"),
    )


def act_words(due: Deadline) -> str:
    """`acknowledge by Fri 27 Nov 2026 (Code 6.2)`, with the landlord's own target where it has one."""
    return f"{ACTS[due.clock.value]} {in_words(due.due)} ({set_by(due.cited, due.target)})"


OWN = "your own target"


def set_by(paragraph: str, target: date | None, today: date | None = None) -> str:
    """Whose date it is: `Code 6.2; your own target Wed 25 Nov 2026`, or the landlord's alone.

    With `today` it says of an own target beside the Code's that it was missed.
    """
    if not paragraph:
        return OWN
    missed = " missed" if target and today and target < today else ""
    return f"Code {paragraph}" + (f"; {OWN} {in_words(target)}{missed}" if target else "")


def late_words(due: Deadline, today: date, calendar: Calendar) -> str:
    """`OVERDUE by 3 working days`; of the landlord's own target that no breach follows. Empty for what is in time."""

    def by(days: int) -> str:
        return f"by {in_working_days(days)}" if days else "by less than a working day"

    overdue, missed = due.overdue_by(today, calendar), due.target_missed_by(today, calendar)
    if overdue is not None:
        return f"OVERDUE {by(overdue)}" + ("" if due.of_the_code else f" on {OWN}, no breach of the Code")
    return "" if missed is None else f"{OWN} missed {by(missed)}, no breach of the Code"


def headline(case: Case, due: Deadline | None) -> str:
    """`HC-2026-0012: complaint, acknowledge by Fri 27 Nov 2026 (Code 6.2).`"""
    what = case.label.words
    if case.unconfirmed:
        what = f"perhaps {PERHAPS.get(case.label, what)}, to be confirmed"
    return f"{case.reference}: {what}" + (f", {act_words(due)}." if due else ".")


def confirmation(case: Case, reading: Reading, due: Deadline | None) -> Post:
    """What is said when a message has become a case."""
    lines = []
    paragraph = f" (Code {reading.paragraph})" if reading.paragraph else ""
    if reading.decision is Decision.ASK:
        lines.append(
            "I am not sure, so it is logged unconfirmed with the complaint clocks running: "
            + " ".join(reading.reasons)
        )
        lines.append(f"My best guess: {reading.why}{paragraph}")
        lines.append(f"Please say what it is:  {commands(case.reference)[0][0]}")
    else:
        lines.append(f"Sure. {reading.why}{paragraph}")
    if hazard := hazard_words(case):
        lines.append(hazard)
    if case.label is Label.SURVEY_FEEDBACK and not case.unconfirmed:
        lines.append("Where possible, tell the person how to complain (Code 1.6).")
    lines.append(f"Details:  /case {case.reference}")
    return Post(headline(case, due), tuple(lines), case.reference, offers(case), commands(case.reference))


EMERGENCY = "POSSIBLE EMERGENCY HAZARD"
LOOK_NOW = (
    f"{EMERGENCY}: somebody must look now; make safe within {EMERGENCY_HOURS} hours of hearing of it (Awaab's Law). "
    "Smell of gas: National Gas Emergency 0800 111 999."
)


def hazard_words(case: Case) -> str:
    """What has to be done about a hazard that its messages may speak of; empty once a person has assessed it."""
    if case.possible_hazard is Flag.HAZARD_EMERGENCY:
        return LOOK_NOW
    significant = "Possible significant hazard: a person should assess it today (Awaab's Law)."
    return significant if case.possible_hazard else ""


LABELS = tuple(f"label:{label.value}" for label in Label)


def offers(case: Case) -> tuple[str, ...]:
    """What a person can do with a new case in one click: say what it is, or that the reading is right."""
    if case.unconfirmed:
        return (*LABELS, "why", "take")
    define = ("define",) if case.label is Label.COMPLAINT else ()
    return ("right", "change", "why", "take", *define)


def alarm(case: Case) -> Post:
    """What leads are told at once of a message that may speak of an emergency, wherever it is confirmed besides."""
    buttons = ("open", *(() if case.handler else ("take",)))
    return Post(
        f"{case.reference}: possible emergency, {case.area.words}.", (LOOK_NOW,), case.reference, buttons
    )


def quarantined(case: Case, due: Deadline | None, why: str) -> Post:
    """What is said when a message could not be read: a person must look at the original."""
    return Post(
        headline(case, due),
        (
            f"A message could not be read: {why} The original is kept.",
            f"Please look at it (`putright parked`), and say what it is:  {commands(case.reference)[0][0]}",
        ),
        case.reference,
        (*LABELS, "take"),
        commands(case.reference),
    )


def joined(case: Case, reading: Reading) -> Post:
    """What is said when a further message joined a case that is no open complaint, and may be a complaint now."""
    title = f"{case.reference}: a further message may be a complaint (Code 1.5)."
    if case.closed:
        return Post(
            title,
            (f"{reading.why} The case is closed.", f"To take it up:  putright case reopen {case.reference}"),
        )
    return Post(
        title,
        (
            f"{reading.why} The {case.label.words} stays open either way.",
            f"If it is a complaint:  /case {case.reference} is complaint",
        ),
        case.reference,
        _turned(case),
        commands(case.reference),
    )


def _turned(case: Case) -> tuple[str, ...]:
    """The buttons of the newest message that may make the case a complaint; a note's is changed as any label is."""
    found = [x for x in offers_of(case) if x.what is What.TURNED]
    return answers_to(found[-1]) if found else ("change", "why")


def suggestion(case: Case, into: str, how: str) -> Post:
    """What is said when a new case may be no new matter."""
    return Post(
        f"{case.reference} may belong to {into}: {how}.",
        (
            f"If so:  putright case accept {case.reference}",
            f"If not:  putright case decline {case.reference}",
        ),
        case.reference,
        tuple(name for x in offers_of(case) if x.into == into for name in answers_to(x)),
    )


def offered(case: Case, offer: Offer) -> Post:
    """What is said when a message that joined a case may be more than a message."""
    title = f"{case.reference}: {offer_words(offer)}."
    buttons = (*_first_buttons(case, offer), *answers_to(offer))
    return Post(title, offer_commands(case, offer), case.reference, buttons)


def _first_buttons(case: Case, offer: Offer) -> Iterator[str]:
    """The buttons of what has to be recorded before staff's mail can be the act that it most likely is."""
    for command in _needed(case, offer) if offer.what is What.ACT else ():
        _, _, verb, *_ = command.split()
        if verb in ("define", "acknowledge"):
            yield verb


OFFER = "offer"
ANSWERS = {
    "join": "Joins {into}",
    "apart": "New case",
    "stage_2": "Asks for stage 2",
    "not_stage_2": "Does not",
    "turned": "Is a complaint",
    "not_turned": "Is none",
    "acknowledgement": "The acknowledgement",
    "response": "The response",
    "update": "An update",
    "none": "None of these",
}
"""The ways to answer an offer, and the words on each button. For a response a modal asks what was decided."""


def answers_to(offer: Offer) -> tuple[str, ...]:
    """The buttons of an offer, each `offer:NUMBER:VERB` and, for a join, into which case."""
    verbs: tuple[str, ...] = {
        What.JOIN: ("join", "apart"),
        What.STAGE_2: ("stage_2", "not_stage_2"),
        What.TURNED: ("turned", "not_turned"),
        What.ACT: (*(x for x in offer.acts if x in ANSWERS), "none"),
    }[offer.what]
    return tuple(
        f"{OFFER}:{offer.number}:{verb}" + (f":{offer.into}" if verb == "join" else "") for verb in verbs
    )


def answer_words(name: str) -> str:
    """The words on a button of an offer."""
    _, _, verb, *into = name.split(":")
    return ANSWERS[verb].format(into="".join(into))


def offer_words(offer: Offer) -> str:
    """What is put before a person, in words without a personal detail."""
    on = f" of {in_words(offer.day)}" if offer.day else ""
    match offer.what:
        case What.JOIN:
            return f"may belong to {offer.into}: {offer.why}"
        case What.STAGE_2:
            return f"a reply{on} may ask for stage 2 (Code 6.10): {offer.why}"
        case What.TURNED:
            return f"{offer.why}{on and f' ({in_words(offer.day)})' if offer.day else ''} (Code 1.5)"
        case What.ACT:
            return f"staff's mail{on} to the resident may be the {' or '.join(offer.acts)}"


def due_if_accepted(case: Case, offer: Offer, landlord: Landlord) -> Deadline | None:
    """What a possible stage 2 request would make due: its clock runs from the day it arrived (6.11)."""
    if offer.what is not What.STAGE_2 or offer.day is None:
        return None
    first = case.first
    if first.responded is None:  # once the response is recorded, by that day
        if offer.day < max(first.acknowledged or offer.day, local_day(case.received)):
            return None
        first = replace(first, acknowledged=first.acknowledged or offer.day, responded=offer.day)
    after = replace(case, first=first, escalated=offer.day, closed=None)
    return after.next_due(landlord.calendar, landlord.targets)


def offer_commands(case: Case, offer: Offer) -> tuple[str, ...]:
    """What a person types to take it up, and to leave it."""
    first: tuple[str, ...] = ()
    take = accept_command(case, offer.number)
    match offer.what:
        case What.ACT:
            take = accept_command(case, offer.number, offer.acts[0])
            first = tuple(f"First:  {x}" for x in _needed(case, offer))
        case What.STAGE_2 if offer.day and case.first.responded is None:
            number = response_waiting(case, offer.day)
            how = accept_command(case, number, RESPONSE) if number else respond_command(case.reference)
            first = (f"First:  {how}",)
    return (
        *first,
        f"To accept:  {take}",
        f'To decline:  putright case decline {case.reference} {offer.number} --reason "..."',
    )


def _needed(case: Case, offer: Offer) -> Iterator[str]:
    """What has to be recorded before staff's mail can be the act that it most likely is, in its order."""
    act, stage = offer.acts[0], case.at_stage(case.stage)
    if act not in (ACKNOWLEDGEMENT, RESPONSE) or stage.acknowledged:
        return
    if not stage.definition.by:
        yield f"putright case define {case.reference}"
    if not case.of(Kind.ASSESSED):
        yield assess_command(case.reference)
    if act == RESPONSE:
        earlier = [
            x
            for x in offers_of(case)
            if x.acts[:1] == (ACKNOWLEDGEMENT,) and (x.day or date.max) <= (offer.day or date.min)
        ]
        if earlier:
            yield accept_command(case, earlier[-1].number, ACKNOWLEDGEMENT)
        else:
            yield f"putright case acknowledge {case.reference} --on YYYY-MM-DD"


def respond_command(reference: str) -> str:
    """What a person types to record a response that was sent earlier."""
    return f'putright case respond {reference} --outcome "..." --reason "..." --on YYYY-MM-DD'


def accept_command(case: Case, number: int, act: str = "") -> str:
    """What a person types to take up an offer of that number, as that act."""
    command = f"putright case accept {case.reference} {number}" + (f" --act {act}" if act else "")
    return f'{command} --outcome "..." --reason "..."' if act == RESPONSE else command


def closed_off(reference: str, post: Post) -> Post:
    """A post about a confined case as a channel may read it: its reference, and an emergency, and no more."""
    pressing = tuple(x for x in post.lines if x.startswith(EMERGENCY))
    return Post(f"{reference}: something new. Whoever may see the case finds it there.", pressing, reference)


def outsiders(where: str) -> Post:
    """What leads are told, once, of a channel or a person of another organisation."""
    if where.startswith(("U", "W")):
        return Post(f"Somebody of another organisation ({where}) asked me in Slack, and I did not answer.")
    taken = "What is written there as a note is taken in all the same, and confirmed in another channel."
    return Post(
        f"A channel I am in ({where}) is shared with another organisation.",
        ("I answer nothing there and post nothing there.", taken),
    )


def arrived(case: Case) -> Post:
    """The first line in the channel for cases that came by mail or note; the confirmation stands in its thread."""
    return Post(f"{case.reference} was logged (by {CHANNEL_WORDS.get(case.channel, case.channel.value)}).")
