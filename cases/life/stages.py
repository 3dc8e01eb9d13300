"""The two stages: define, assign, acknowledge, extend, respond, escalate."""

from collections.abc import Mapping, Sequence
from datetime import date

from putright.cases.case import ASKED_OUTCOME, Case, not_stated
from putright.cases.errors import Refused
from putright.cases.events import Event, Kind
from putright.cases.impact import fault_in, impact_of
from putright.cases.letters.decision import too_short
from putright.cases.life.by import By, day_between, must_be_a_person, must_be_complaint, must_be_open
from putright.cases.limits import Clock, acknowledged_first, extension
from putright.cases.records.assessment import must_be_assessed
from putright.cases.records.contact import FARTHEST_UPDATE
from putright.cases.typed import a_program, name, same_person, words
from putright.cases.working_days import Calendar, in_words, local_day

EARLIEST_ISSUE = 1900
"""The first year in which an issue may have happened: an earlier one is a slip of the pen."""


def define(
    case: Case,
    by: By,
    points: Sequence[str],
    outcomes: Sequence[str],
    *,
    not_ours: Mapping[int, str] | None = None,
    unclear: Sequence[int] = (),
    asked: Sequence[str] = (),
    issue_date: date | None = None,
    aware_date: date | None = None,
    discretion: str = "",
) -> Event:
    """A person confirms or rewrites the complaint definition of the current stage (5.6).

    `not_ours` names who is responsible for a point (by number) that the landlord is not, `unclear` the points for
    which that is not known yet (5.7); `asked` is what was unclear and asked of the resident. `issue_date` and
    `aware_date` are when it happened and when the resident became aware of it, `discretion` why it is taken although
    that is more than 12 months ago (2.3).
    """
    must_be_a_person(by, "5.6")
    must_be_complaint(case)
    points = tuple(filter(None, map(words, points)))
    outcomes = tuple(filter(None, map(words, outcomes)))
    questions = tuple(filter(None, map(words, asked)))
    if any(map(not_stated, outcomes)):
        outcomes = tuple(x for x in outcomes if not not_stated(x))
        if not outcomes:
            questions = tuple(dict.fromkeys((*questions, ASKED_OUTCOME)))
    if not outcomes and not questions:  # what was asked before is not answered by defining it again
        before = case.at_stage(case.stage).definition
        questions = (before if before.by else case.first.definition).asked
    if not points:
        raise Refused(
            "A complaint definition needs at least one point: what the resident is unhappy with.", "5.6"
        )
    if not outcomes and not questions:
        raise Refused(
            'A complaint definition says what the resident seeks. If they have not said, give "not stated, asked".',
            "5.6",
        )
    held = case.at_stage(case.stage)
    if held.responded and points != held.definition.points:
        raise Refused(
            f"{case.reference} was answered at stage {case.stage} by the points it had, so they stay. What is raised "
            f'now: putright case add-issue {case.reference} --issue "…".',
            "6.8",
        )
    not_ours = not_ours or {}
    for number in (*not_ours, *unclear):
        if number not in range(1, len(points) + 1):
            raise Refused(f"The definition has no point {number}: it has {len(points)}.", "5.7")
    if both := set(not_ours) & set(unclear):
        raise Refused(f"Point {min(both)} cannot be somebody else's and unclear at once.", "5.7")
    data: dict[str, object] = {"stage": case.stage, "points": list(points), "outcomes": list(outcomes)}
    if not_ours or unclear:
        data["responsible"] = [
            f"no: {name(not_ours[n], 'or body that is responsible for the point')}"
            if n in not_ours
            else "unclear"
            if n in unclear
            else "yes"
            for n in range(1, len(points) + 1)
        ]
    if questions:
        data["asked"] = list(questions)
    for key, day in (("issue_date", issue_date), ("aware_date", aware_date)):
        if day is not None:
            if day > by.today:
                raise Refused(f"{in_words(day)} has not come yet: check the date.", "2.3")
            if day.year < EARLIEST_ISSUE:
                raise Refused(f"{in_words(day)} is too long ago to be meant: check the date.", "2.3")
            data[key] = day.isoformat()
    happened, known = issue_date or case.issue_date, aware_date or case.aware_date
    if happened and known and known < happened and (issue_date or aware_date):
        raise Refused(
            f"Nobody can have been aware on {in_words(known)} of what happened on {in_words(happened)}: check the two "
            "dates.",
            "2.3",
        )
    if why := words(discretion):
        data["discretion"] = why
    return Event(Kind.DEFINED, by.at, by.actor, data)


def assign(case: Case, by: By, handler: str) -> Event:
    """A named person handles the case: never one who declared a conflict of interest (5.8), nor at stage 2 one who
    handled or decided stage 1 (6.13).
    """
    must_be_open(case)
    handler = name(handler, "who handles the case")
    if a_program(handler):
        raise Refused("A case is handled by a person: name one after --to.", "5.8")
    stage = max(case.stage, 1)
    if stage == 2 and _of_stage_1(case, handler):
        raise Refused(f"{handler} handled stage 1, so somebody else must consider stage 2.", "6.13")
    if _in_conflict(case, handler):
        raise Refused(
            f"{handler} declared a conflict of interest on {case.reference}, so somebody else must handle it.",
            "5.8",
        )
    return Event(Kind.ASSIGNED, by.at, by.actor, {"stage": stage, "handler": handler})


def acknowledge(case: Case, by: By, day: date | None = None) -> Event:
    """The acknowledgement with its definition was sent (6.2, 6.11). `day` is when; today if not given."""
    must_be_a_person(by, "6.2")
    must_be_complaint(case)
    stage, day = case.stage, day or by.today
    paragraph = "6.11" if stage == 2 else "6.2"
    if case.at_stage(stage).acknowledged:
        raise Refused(f"{case.reference} was acknowledged at stage {stage} already.", paragraph)
    _must_be_defined(case, "The acknowledgement")
    must_be_assessed(case)
    if case.to_consider:
        raise Refused(
            f"{case.reference} came more than 12 months after it happened and was known, so a person considers taking "
            f'it all the same: putright case define {case.reference} --discretion "why", or case refuse with that '
            "ground.",
            "2.3",
        )
    earliest = case.escalated if stage == 2 and case.escalated else local_day(case.received)
    day_between(day, earliest, by.today, "The acknowledgement", paragraph)
    return Event(Kind.ACKNOWLEDGED, by.at, by.actor, {"stage": stage, "day": day.isoformat()})


def extend(
    case: Case,
    by: By,
    calendar: Calendar,
    working_days: int,
    reason: str,
    good_reason: bool = False,
    day: date | None = None,
    next_update: date | None = None,
) -> Event:
    """The resident was told in writing of a new response date, why, and the Ombudsman's details (6.4, 6.5).

    `day` is when they were told; today if not given. `next_update` is when they hear next, as agreed (5.9).
    A notice after the due date is recorded as late and never moves the date compliance is measured by. More than the
    Code's limit needs `good_reason`, said by the person who acts.
    """
    must_be_a_person(by, "6.4")
    must_be_complaint(case)
    stage, day = case.stage, day or by.today
    clock = Clock.STAGE_2_RESPONSE if stage == 2 else Clock.STAGE_1_RESPONSE
    current = case.at_stage(stage)
    rule = extension(clock, day)
    if current.responded:
        raise Refused(f"{case.reference} was answered at stage {stage} already.", rule.cited)
    begun = _begun(case, day)
    if begun is None:
        raise Refused(f"Acknowledge {case.reference} before extending its response.", rule.cited)
    day_between(day, begun, by.today, "The notice", rule.cited)
    reason = words(reason)
    if working_days < 1:
        raise Refused("An extension is at least one working day.", rule.cited)
    if not reason:
        raise Refused("An extension needs its reason, as told to the resident.", rule.cited)
    if current.extended + working_days > rule.days and not good_reason:
        raise Refused(
            f"That makes {current.extended + working_days} working days; more than {rule.days} needs a good reason. "
            "Add  --good-reason  if there is one.",
            rule.cited,
        )
    if next_update and not day <= next_update <= day + FARTHEST_UPDATE:
        raise Refused(
            f"The next update is on a day from the notice on, within a year, and {in_words(next_update)} is not: "
            "check --next.",
            "5.9",
        )
    deadline = next(x for x in case.deadlines(calendar, {}) if x.clock is clock)
    return Event(
        Kind.EXTENDED,
        by.at,
        by.actor,
        {
            "stage": stage,
            "working_days": working_days,
            "reason": reason,
            "good_reason": good_reason,
            "late": day > deadline.due,
            "day": day.isoformat(),
            "due": deadline.due.isoformat(),
            **({"next": next_update.isoformat()} if next_update else {}),
        },
    )


OUTCOMES = ("upheld", "partly upheld", "not upheld")


def respond(
    case: Case,
    by: By,
    outcome: str,
    reasons: Sequence[str],
    day: date | None = None,
    decided_by: str | None = None,
    impact: str = "",
) -> Event:
    """The full written response was sent (6.3, 6.14), with its reason for every point in their order (6.7, 6.18).

    Nobody decides who declared a conflict of interest (5.8), nor at stage 2 who handled or decided stage 1 (6.13).

    A reason may begin with a decision of its own: `not upheld: …`; else the point is decided as the whole. Who acts
    has decided it, unless `decided_by` names another. `impact` is how the fault affected the resident: needed where a
    point is upheld, whatever puts it right, unless it is on record already (7.2).
    """
    must_be_a_person(by, "6.7")
    must_be_complaint(case)
    stage, day = case.stage, day or by.today
    paragraph = "6.14" if stage == 2 else "6.3"
    current = case.at_stage(stage)
    begun = _begun(case, day)
    if begun is None:
        raise Refused(f"Acknowledge {case.reference} at stage {stage} before answering it.", paragraph)
    if current.responded:
        raise Refused(f"{case.reference} was answered at stage {stage} already.", paragraph)
    if outcome not in OUTCOMES:
        raise Refused(f"The decision is one of: {', '.join(OUTCOMES)}.", "6.19" if stage == 2 else "6.9")
    decider = by.actor if decided_by is None else name(decided_by, "who decided")
    must_be_a_person(By(decider, by.at), "6.7")
    if stage == 2 and _of_stage_1(case, decider):
        raise Refused(
            f"{decider} handled stage 1, so somebody else must decide stage 2. If somebody else did and it is only "
            'written down here, say who: --decided-by "…".',
            "6.13",
        )
    if _in_conflict(case, decider):
        raise Refused(
            f"{decider} declared a conflict of interest on {case.reference}, so somebody else must decide. If somebody "
            'else did and it is only written down here, say who: --decided-by "…".',
            "5.8",
        )
    day_between(day, begun, by.today, "The response", paragraph)
    if current.acknowledged is None:
        _must_be_defined(case, "The response")
    decisions = _decisions(current.definition.points, outcome, reasons, "6.18" if stage == 2 else "6.7")
    if outcome != (whole := _as_a_whole([x["outcome"] for x in decisions])):
        raise Refused(
            f'By the decisions on its points the complaint as a whole is "{whole}", not "{outcome}": change the '
            "outcome, or the decision that a reason begins with.",
            "6.18" if stage == 2 else "6.7",
        )
    affected = words(impact)
    if fault_in(x["outcome"] for x in decisions) and not (affected or impact_of(case)):
        raise Refused(
            'A point is upheld, so say how the fault affected the resident: --impact "…". What puts it right reflects '
            "that.",
            "7.2",
        )
    return Event(
        Kind.RESPONDED,
        by.at,
        by.actor,
        {
            "stage": stage,
            "day": day.isoformat(),
            "outcome": outcome,
            "decided_by": decider,
            "decisions": decisions,
            **({"impact": affected} if affected else {}),
        },
    )


def _as_a_whole(decided: Sequence[str]) -> str:
    """What the decisions on the points make of the complaint."""
    kinds = set(decided)
    return kinds.pop() if len(kinds) == 1 else "partly upheld"


def _decisions(
    points: Sequence[str], outcome: str, reasons: Sequence[str], paragraph: str
) -> list[dict[str, str]]:
    given = list(filter(None, map(words, reasons)))
    if len(given) != len(points):
        raise Refused(
            f"The definition has {len(points)} point{'' if len(points) == 1 else 's'}, and each is answered with its "
            f"reason: give as many reasons, in that order, not {len(given)}. One may begin with its own decision, "
            'such as "not upheld: …".',
            paragraph,
        )
    found = []
    for reason in given:
        own, colon, rest = reason.partition(":")
        decided = own.strip().casefold() if colon and own.strip().casefold() in OUTCOMES else ""
        why = rest.strip() if decided else reason
        if not why:
            raise Refused(f'A decision needs its reason: what stands behind "{reason}"?', paragraph)
        if too_short(why):
            raise Refused(
                f'"{why}" is too short to be a reason: say what was found, and what it rests on.', paragraph
            )
        found.append({"outcome": decided or outcome, "reason": why})
    return found


def escalate(case: Case, by: By, day: date | None = None, reason: str = "") -> Event:
    """The resident asked for stage 2. No reason is needed (6.12); `day` is when the request arrived."""
    must_be_a_person(by, "6.10")
    must_be_complaint(case)
    if case.escalated:
        raise Refused(f"{case.reference} is at stage 2 already, and stage 2 is final.", "6.10")
    if case.stage_2_refused:
        raise Refused(
            f"Stage 2 of {case.reference} was refused on {in_words(case.stage_2_refused)}. To take it after all: "
            f'putright case reconsider {case.reference} --reason "…", or where the Ombudsman tells you to: putright '
            f'case ombudsman {case.reference} --kind acceptance --what "…".',
            "5.11",
        )
    if case.first.responded is None:
        raise Refused(
            f"Stage 1 of {case.reference} is still open, so there is nothing to escalate yet: answer it, or note "
            "the request as a chaser.",
            "6.10",
        )
    day = day or by.today
    day_between(day, case.first.responded, by.today, "The request", "6.11")
    return Event(Kind.ESCALATED, by.at, by.actor, {"day": day.isoformat(), "reason": words(reason)})


def _begun(case: Case, day: date) -> date | None:
    """Since when what the resident is told on `day` may follow: the acknowledgement, where the Code then wanted one."""
    acknowledged = case.at_stage(case.stage).acknowledged
    return acknowledged if acknowledged or acknowledged_first(case.stage, day) else case.escalated


def _must_be_defined(case: Case, what: str) -> None:
    if not case.at_stage(case.stage).definition.by:
        raise Refused(
            f"{what} sets out the complaint definition, and no person has confirmed one yet: "
            f"run  putright case define {case.reference}  first.",
            "5.6",
        )


def _in_conflict(case: Case, person: str) -> bool:
    """Whether a person declared a conflict of interest."""
    return any(same_person(person, x.data["person"]) for x in case.of(Kind.CONFLICT))


def _of_stage_1(case: Case, person: str) -> bool:
    """Whether a person handled or decided stage 1."""
    return any(same_person(person, other) for other in (*case.first.deciders, case.first.handler))
