"""A case: the fold of its events, and the due dates that follow from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from putright.cases.deadlines import Deadline, Milestones, deadlines, service_request
from putright.cases.events import MACHINE, Event, JoinedAs, Kind
from putright.cases.labels import Channel, Decision, Flag, Label, Mark, ServiceArea
from putright.cases.limits import Clock, within_12_months
from putright.cases.marks import Standing, standing
from putright.cases.working_days import Calendar, local_day

HAZARDS = (Flag.HAZARD_EMERGENCY, Flag.HAZARD_SIGNIFICANT)
"""What a further message raises on its case, the gravest first."""
ASKED_OUTCOME = "What would you like us to do to put things right?"
"""What is asked where the resident has not said what they seek (5.6)."""

ORDERED = "the Housing Ombudsman said that it is to be taken (Code 2.4)"
"""Why a complaint of more than 12 months is taken that was refused for it: nobody considers that again."""


def not_stated(outcome: str) -> bool:
    """Whether it says that the resident has not said what they seek: `not stated, asked`."""
    return outcome.casefold().startswith("not stated")


@dataclass(frozen=True, slots=True)
class Definition:
    """The complaint definition (5.6): the points as we understand them and the outcomes sought.

    `by` is the person who confirmed it; empty while it is only a draft from the resident's own sentences.
    """

    points: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    by: str = ""
    responsible: tuple[str, ...] = ()
    """For each point whether the landlord is: `yes`, `unclear`, or `no: WHO` (5.7)."""
    asked: tuple[str, ...] = ()
    """What was unclear and asked of the resident (5.6)."""
    version: int = 0
    """Which version of the stage's definition it is; 0 is the draft."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What has happened at one of the two stages (5.3: there are no others)."""

    definition: Definition = Definition()
    handler: str = ""
    acknowledged: date | None = None
    extended: int = 0
    responded: date | None = None
    outcome: str = ""
    deciders: tuple[str, ...] = ()
    """Who decided the response: whoever is named so, and whoever handled the stage when it was sent."""


@dataclass(frozen=True, slots=True)
class Confined:
    """Who may see a case beside its handler and leads, why, since who said so, and when that is reviewed."""

    to: tuple[str, ...]
    reason: str
    due: date
    by: str


@dataclass(frozen=True, slots=True)
class LabelChange:
    """Who said what the message is, when, and why."""

    label: Label
    at: datetime
    actor: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One matter of one resident, as its events say it stands."""

    reference: str
    received: datetime
    channel: Channel
    label: Label
    decision: Decision
    area: ServiceArea
    opened: datetime
    confirmed_by: str = ""
    """The person who confirmed or set the label; empty while only the machine has read it."""
    messages: tuple[str, ...] = ()
    labels: tuple[LabelChange, ...] = ()
    first: Stage = Stage()
    second: Stage = Stage()
    escalated: date | None = None
    closed: datetime | None = None
    choice: str = ""
    """What the resident chose when given the choice to complain (1.3): accepted, declined, asked; else empty."""
    withdrawn: date | None = None
    """The day the resident withdrew the complaint."""
    refused: date | None = None
    """The day of the letter that refused to take the complaint (2.1); empty again once it is taken after all."""
    stage_2_refused: date | None = None
    """The day of the letter that refused a request for stage 2 (5.11): till it is taken after all none runs."""
    issue_date: date | None = None
    aware_date: date | None = None
    """When it happened, and when the resident became aware of it, as far as said (2.3)."""
    confined: Confined | None = None
    """Set while only some may see it."""
    discretion: str = ""
    """Why it is taken although it came after 12 months, as decided on these two dates (2.3)."""
    joined_into: str = ""
    """The case that took all its messages; then it is closed."""
    history: tuple[Event, ...] = ()
    """All its events, oldest first: what is asked for seldom is read from them."""

    @property
    def version(self) -> int:
        """How many events it is folded from: an act on a stale view is refused by it."""
        return len(self.history)

    def of(self, *kinds: Kind) -> tuple[Event, ...]:
        """Its events of these kinds, oldest first."""
        return tuple(x for x in self.history if x.kind in kinds)

    @property
    def flags(self) -> tuple[Flag, ...]:
        """Those of the message it was opened with, and the hazards that any further message in it may speak of."""
        return self._raised(self.of(Kind.OPENED, Kind.READ)[-1:] + self.of(Kind.JOINED, Kind.MERGED))

    @property
    def possible_hazard(self) -> Flag | None:
        """The gravest of the hazards that its messages may speak of and that no person has assessed since."""
        assessed = max((n for n, x in enumerate(self.history, 1) if x.kind is Kind.HAZARD), default=0)
        found = self._raised(self.history[assessed:])
        return next((x for x in HAZARDS if x in found and x in self.flags), None)

    def _raised(self, events: Iterable[Event]) -> tuple[Flag, ...]:
        """The flags of events that brought messages which are still in it."""
        held = (x for x in events if {x.data.get("message"), *x.data.get("messages", ())} & {*self.messages})
        return tuple(dict.fromkeys(Flag(flag) for x in held for flag in x.data.get("flags", ())))

    @property
    def in_time(self) -> bool:
        """Whether it came within 12 months, as far as the days are known; else a person considers discretion (2.3)."""
        return within_12_months(self.issue_date, self.aware_date, local_day(self.received))

    @property
    def to_consider(self) -> bool:
        """Whether a person has still to consider taking it out of time (2.3): asked anew when its dates change."""
        return not self.in_time and not self.discretion and not self.refused

    @property
    def joins(self) -> Mapping[int, Event]:
        """By which event (its number, from 1) each message that joined it, and is still in it, did so."""
        found = {x.data["message"]: (n, x) for n, x in enumerate(self.history, 1) if x.kind is Kind.JOINED}
        return {n: x for message, (n, x) in found.items() if message in self.messages}

    @property
    def standing_marks(self) -> dict[Mark, Standing]:
        """What stands beside its label, since when, and whether its duty was done."""
        return standing(self.history, self.messages)

    @property
    def marks(self) -> dict[Mark, datetime]:
        """What stands beside its label, each since its first message was received, or since a person said."""
        return {mark: x.since for mark, x in self.standing_marks.items()}

    @property
    def open_marks(self) -> dict[Mark, datetime]:
        """Those whose duty was not done yet."""
        return {mark: x.since for mark, x in self.standing_marks.items() if x.answered is None}

    @property
    def merged_into(self) -> str:
        """The case that it was merged into and ended in; empty where it was not, or no longer is."""
        for event in reversed(self.history):
            if event.kind is Kind.REOPENED:
                break
            if event.kind is Kind.LINKED and event.data["how"] == "merged into":
                return str(event.data["reference"])
        return ""

    @property
    def complaints_within(self) -> tuple[str, ...]:
        """The cases that were complaints for sure and are part of this one now: a label of it is theirs too (1.5)."""
        found = {x.data["came_from"]: x for x in self.joins.values() if x.data.get("came_from")}
        for event in self.of(Kind.MERGED, Kind.UNMERGED):
            found.pop(event.data["reference"], None)
            if event.kind is Kind.MERGED:
                found[event.data["reference"]] = event
        return tuple(reference for reference, x in found.items() if x.data.get("complaint"))

    @property
    def surely_complaint(self) -> bool:
        """Whether it runs a complaint's clocks and no further word is needed for that, or holds a case that did."""
        sure = self.label is Label.COMPLAINT and not self.unconfirmed
        return self.runs_complaint_clocks and (sure or bool(self.complaints_within))

    @property
    def chasers(self) -> tuple[Event, ...]:
        """The joins by which the resident wrote again and wants something still."""
        return tuple(
            x
            for x in self.joins.values()
            if x.data.get("as") == JoinedAs.REPLY and x.data.get("chases", True)
        )

    @property
    def unconfirmed(self) -> bool:
        """Whether the machine asked and no person has answered yet."""
        return self.decision is Decision.ASK and not self.confirmed_by

    @property
    def runs_complaint_clocks(self) -> bool:
        """A complaint does, and so does whatever may be one until a person has said otherwise.

        Not one that the resident chose not to make (1.3) or has withdrawn, nor one that was refused (2.1).
        """
        may_be = self.label is Label.COMPLAINT or self.unconfirmed
        return may_be and self.choice != "declined" and not self.withdrawn and not self.refused

    @property
    def stage(self) -> int:
        """1 or 2 for a complaint, 0 for what is none."""
        if not self.runs_complaint_clocks:
            return 0
        return 2 if self.escalated else 1

    def at_stage(self, stage: int) -> Stage:
        return self.second if stage == 2 else self.first

    @property
    def handler(self) -> str:
        return self.second.handler if self.escalated else self.first.handler

    @property
    def seers(self) -> tuple[str, ...]:
        """Who may see it while it is confined, beside leads: its handler and the people named."""
        named = self.confined.to if self.confined else ()
        return tuple(dict.fromkeys(x for x in (self.handler, *named) if x))

    @property
    def asked_for_stage_2(self) -> date | None:
        """When stage 2 was asked for, also where that was refused."""
        return next((date.fromisoformat(x.data["day"]) for x in reversed(self.of(Kind.ESCALATED))), None)

    @property
    def milestones(self) -> Milestones:
        second = Stage() if self.stage_2_refused else self.second
        return Milestones(
            received=local_day(self.received),
            acknowledged=self.first.acknowledged,
            responded=self.first.responded,
            extended=self.first.extended,
            escalated=self.escalated,
            stage_2_acknowledged=second.acknowledged,
            stage_2_responded=second.responded,
            stage_2_extended=second.extended,
        )

    def deadlines(self, calendar: Calendar, targets: Mapping[Clock, int]) -> tuple[Deadline, ...]:
        """Every due date so far: a complaint's, or the landlord's own of a service request; else none.

        Raises Refused beyond the calendar.
        """
        if self.runs_complaint_clocks:
            return deadlines(self.milestones, calendar, targets)
        if self.label is not Label.SERVICE_REQUEST or self.joined_into or self.merged_into:
            return ()
        closed = local_day(self.closed) if self.closed else None
        return service_request(local_day(self.received), closed, calendar, targets)

    def next_due(self, calendar: Calendar, targets: Mapping[Clock, int]) -> Deadline | None:
        """The first thing still to be done, or None when nothing is due."""
        if self.closed:
            return None
        still = [x for x in self.deadlines(calendar, targets) if x.done is None]
        if self.escalated or self.second.acknowledged:
            # An escalation while stage 1 is unanswered leaves that answer due; one after it does not revive it.
            still = [x for x in still if x.clock.value.startswith("stage_2") or self.first.responded is None]
        return min(still, key=lambda x: x.due, default=None)


def fold(reference: str, events: Iterable[Event]) -> Case:
    """The case that its events tell. The first must be `opened`; raises ValueError otherwise."""
    case: Case | None = None
    for event in events:
        if case is None:
            if event.kind is not Kind.OPENED:
                raise ValueError(f"{reference} begins with {event.kind}, not with being opened")
            case = _opened(reference, event)
        else:
            case = _after(case, event)
        case = replace(case, history=(*case.history, event))
    if case is None:
        raise ValueError(f"{reference} has no events")
    return case


def _opened(reference: str, event: Event) -> Case:
    data = event.data
    label = Label(data["label"])
    return Case(
        reference=reference,
        received=datetime.fromisoformat(data["received"]),
        channel=Channel(data["channel"]),
        label=label,
        decision=Decision(data["decision"]),
        area=ServiceArea(data["area"]),
        opened=event.at,
        messages=(data["message"],),
        confirmed_by="" if event.actor == MACHINE or data.get("unconfirmed") else event.actor,
        labels=(LabelChange(label, event.at, event.actor),),
        first=Stage(definition=Definition(tuple(data["issues"]), tuple(data["outcomes"]))),
    )


def _after(case: Case, event: Event) -> Case:
    data = event.data
    match event.kind:
        case Kind.JOINED:
            received = datetime.fromisoformat(data["received"]) if data.get("received") else case.received
            return replace(
                case, messages=(*case.messages, data["message"]), received=min(case.received, received)
            )
        case Kind.UNJOINED:
            return replace(
                case,
                messages=tuple(x for x in case.messages if x not in data["messages"]),
                received=datetime.fromisoformat(data["received"]),
            )
        case Kind.JOINED_INTO:
            return replace(case, closed=event.at, joined_into=data["into"])
        case Kind.READ:
            return _read_at_last(case, _opened(case.reference, event))
        case Kind.CONFIRMED | Kind.RECLASSIFIED:
            label = Label(data["label"])
            change = LabelChange(label, event.at, event.actor, data.get("reason", ""))
            return replace(case, label=label, confirmed_by=event.actor, labels=(*case.labels, change))
        case Kind.DEFINED:
            return _defined(case, event)
        case Kind.ASSIGNED:
            return _at_stage(case, data["stage"], handler=data["handler"])
        case Kind.ACKNOWLEDGED:
            return _at_stage(case, data["stage"], acknowledged=date.fromisoformat(data["day"]))
        case Kind.EXTENDED:
            added = case.at_stage(data["stage"]).extended + (0 if data["late"] else data["working_days"])
            return _at_stage(case, data["stage"], extended=added)
        case Kind.RESPONDED:
            handler = case.at_stage(data["stage"]).handler
            return _at_stage(
                case,
                data["stage"],
                responded=date.fromisoformat(data["day"]),
                outcome=data["outcome"],
                deciders=tuple(filter(None, (data.get("decided_by") or event.actor, handler))),
            )
        case Kind.ESCALATED:
            return replace(case, escalated=date.fromisoformat(data["day"]), stage_2_refused=None)
        case Kind.CLOSED:
            return replace(case, closed=event.at)
        case Kind.REOPENED:
            return replace(case, closed=None, withdrawn=None, joined_into="")
        case Kind.CONFINED:
            due = date.fromisoformat(data["due"])
            return replace(case, confined=Confined(tuple(data["to"]), data["reason"], due, event.actor))
        case Kind.UNCONFINED:
            return replace(case, confined=None)
        case Kind.REFUSED if data.get("escalation"):
            return replace(case, escalated=None, stage_2_refused=date.fromisoformat(data["on"]))
        case Kind.REFUSED:
            return replace(case, refused=date.fromisoformat(data["on"]))
        case Kind.OMBUDSMAN if data.get("kind") == "acceptance":
            return _taken_after_all(case, ORDERED)
        case Kind.RECONSIDERED:
            return _taken_after_all(case, data["reason"])
        case Kind.MERGED:
            return replace(
                case,
                messages=(*case.messages, *data["messages"]),
                received=datetime.fromisoformat(data["received"]),
            )
        case Kind.UNMERGED:
            return replace(
                case,
                messages=tuple(x for x in case.messages if x not in data["messages"]),
                received=datetime.fromisoformat(data["was_received"]),
            )
        case Kind.CHOICE:
            return replace(case, choice=data["result"])
        case Kind.WITHDRAWN:
            closed = event.at if data.get("closes") else None
            return replace(case, withdrawn=date.fromisoformat(data["on"]), closed=closed)
        case Kind.OPENED:
            raise ValueError(f"{case.reference} was opened twice")
    return case  # whatever else happened stands in the history


def _read_at_last(case: Case, read: Case) -> Case:
    """A stub case once its message was read: what a person said or did stands, and the earlier date counts."""
    said = bool(case.confirmed_by)
    return replace(
        case,
        received=min(case.received, read.received),
        channel=read.channel,
        label=case.label if said else read.label,
        decision=case.decision if case.complaints_within else read.decision,
        area=read.area,
        labels=case.labels if said else (*case.labels, *read.labels),
        first=case.first
        if case.first.definition.by
        else replace(case.first, definition=read.first.definition),
    )


def _taken_after_all(case: Case, why: str) -> Case:
    """Open again with its clocks (2.4), unless it went on as part of another case."""
    ended_elsewhere = case.joined_into or case.merged_into
    if case.stage_2_refused:
        case = replace(case, escalated=case.asked_for_stage_2)
    closed = None if (case.refused or case.stage_2_refused) and not ended_elsewhere else case.closed
    taken = case.discretion if case.in_time else case.discretion or why
    return replace(case, refused=None, stage_2_refused=None, closed=closed, discretion=taken)


def _defined(case: Case, event: Event) -> Case:
    data = event.data
    definition = Definition(
        tuple(data["points"]),
        tuple(x for x in data["outcomes"] if not not_stated(x)),
        event.actor,
        tuple(data.get("responsible") or ["yes"] * len(data["points"])),
        tuple(data.get("asked", ())),
        case.at_stage(data["stage"]).definition.version + 1,
    )
    said = {x: date.fromisoformat(data[x]) for x in ("issue_date", "aware_date") if data.get(x)}
    issue, aware = said.get("issue_date", case.issue_date), said.get("aware_date", case.aware_date)
    same = (issue, aware) == (case.issue_date, case.aware_date)
    return replace(
        _at_stage(case, data["stage"], definition=definition),
        issue_date=issue,
        aware_date=aware,
        discretion=data.get("discretion") or (case.discretion if same else ""),
    )


def _at_stage(case: Case, stage: int, **changes: object) -> Case:
    if stage == 2:
        return replace(case, second=replace(case.second, **changes))  # type: ignore[arg-type]
    return replace(case, first=replace(case.first, **changes))  # type: ignore[arg-type]
