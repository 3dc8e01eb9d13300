"""Lists and counts: the question as filters of the database, and back in words, so that a misreading is seen."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlite_utils import Database

from putright.cases.labels import Label
from putright.cases.limits import Clock
from putright.cases.typed import same_person
from putright.cases.working_days import in_words, local_day
from putright.storage import cases, intake
from putright.storage.cases import Filter
from putright.triage.asking import times
from putright.triage.asking.result import Answer, number
from putright.triage.asking.who import MY_TEAM
from putright.triage.eyes import Eyes
from putright.triage.landlord import Landlord
from putright.triage.own_targets import missed_words, requests_missed
from putright.triage.promised import overdue_hazards, overdue_words
from putright.triage.question import HAPPENED, Question

STATE_WORDS = {
    "unacknowledged": "not yet acknowledged",
    "awaiting_definition": "without a confirmed definition",
    "review": "waiting for a person to say what they are",
    "hazard": "with a possible hazard",
    "chased": "chased by the resident",
    "escalated": "escalated to stage 2",
    "unassigned": "with no handler",
}
"""States as they stand after "Complaints"; the others are said by their own name."""
_NOUNS = {
    Label.COMPLAINT: "Complaints",
    Label.SERVICE_REQUEST: "Service requests",
    Label.SURVEY_FEEDBACK: "Survey feedback",
    Label.OTHER: "Other messages",
}
_CLOCKS = {
    "acknowledgement": (Clock.STAGE_1_ACKNOWLEDGEMENT, Clock.STAGE_2_ACKNOWLEDGEMENT),
    "response": (Clock.STAGE_1_RESPONSE, Clock.STAGE_2_RESPONSE),
}
NAMES_SHOWN = 12
PARKED_SHOWN = 20
NOT_NAMED = 'Have your member ID (your profile in Slack, "Copy member ID") and name added to [people] in the settings.'
REAL = "To take one in after all, where putright runs:  putright parked real NUMBER"
LISTED = 500
"""Cases an answer holds, the most urgent: nobody pages through more."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The cases a question is about: as a filter, and in words; `lines` say what besides is worth knowing."""

    which: Filter
    words: str
    lines: tuple[str, ...] = ()


class Unanswerable(Exception):
    """A question that names somebody or something that is not there: the answer to be given."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.sentence)
        self.answer = answer


def listed(
    db: Database, question: Question, asker: str, landlord: Landlord, now: datetime, eyes: Eyes
) -> Answer:
    """The cases asked for. The sentence says in words what was understood."""
    scope = _asked_for(db, question, asker, landlord, now, eyes)
    if isinstance(scope, Answer):
        return scope
    rows = tuple(cases.listing(db, scope.which, LISTED))
    found = cases.count(db, scope.which)[0] if len(rows) == LISTED else len(rows)
    first = (f"The first {LISTED} of them are listed; `putright cases` has filters and pages.",)
    more = first if found > LISTED else ()
    return Answer(f"{scope.words}: {found or 'none'}.", rows, (*scope.lines, *more), _left_out(question))


def counted(
    db: Database, question: Question, asker: str, landlord: Landlord, now: datetime, eyes: Eyes
) -> Answer:
    """How many there are of what is asked for."""
    scope = _asked_for(db, question, asker, landlord, now, eyes)
    if isinstance(scope, Answer):
        return scope
    found, unconfirmed = cases.count(db, scope.which)
    unsure = (f"{unconfirmed} of them nobody has confirmed yet.",) if unconfirmed else ()
    return Answer(f"{scope.words}: {found}.", (), (*unsure, *scope.lines), _left_out(question))


def _left_out(question: Question) -> tuple[str, ...]:
    unread = ", ".join(f'"{word[:40]}"' for word in question.unread)
    return (f"I did not understand {unread}, so it is left out.",) if unread else ()


def _asked_for(
    db: Database, question: Question, asker: str, landlord: Landlord, now: datetime, eyes: Eyes
) -> Scope | Answer:
    """Which cases are meant, or the answer where none of the list can be."""
    if question.state == "parked":
        return _parked(db, question)
    try:
        scope = _scope(db, question, asker, landlord, local_day(now), eyes)
    except Unanswerable as no:
        return no.answer
    requests = missed_words(requests_missed(db, scope.which, landlord))
    scope = replace(scope, lines=(*scope.lines, *requests))
    if scope.which.overdue_on is None or question.what not in ("", "any") or question.within:
        return scope
    late = overdue_hazards(db, landlord, now, eyes)
    which = replace(scope.which, also_overdue=tuple(x.reference for x in late))
    return (
        replace(
            scope, which=which, lines=(*scope.lines, *overdue_words(late, cases.listing(db, which, LISTED)))
        )
        if late
        else scope
    )


def _parked(db: Database, question: Question) -> Answer:
    held = [item for item in intake.parked(db) if item.state == "parked"]
    asked = question.area or question.label or question.handler or question.team or question.stage
    lines = ("What is parked has no label, area or handler yet, so these are all.",) if asked else ()
    shown = tuple(f"{x.id}: {x.reason}, {in_words(local_day(x.arrived))}" for x in held[:PARKED_SHOWN])
    if len(held) > PARKED_SHOWN:
        shown += (f"and {len(held) - PARKED_SHOWN} older ones",)
    return Answer(
        f"{number(len(held), 'message')} parked.",
        lines=(*lines, *((REAL,) if held else ())),
        private=(*shown, *_left_out(question)),
    )


def _scope(
    db: Database, question: Question, asker: str, landlord: Landlord, today: date, eyes: Eyes
) -> Scope:
    which, whose = _whose(db, question, asker, landlord, eyes)
    states = (question.state, *question.also)
    which = replace(
        which,
        seen_by=eyes.seen_by,
        label=question.label,
        area=None if question.areas else question.area,
        areas=question.areas,
        stage=question.stage or None,
        overdue_on=today if "overdue" in states else None,
        unassigned="unassigned" in states,
        review="review" in states,
        unacknowledged="unacknowledged" in states,
        undefined="awaiting_definition" in states,
        hazard="hazard" in states,
        chased="chased" in states,
        extended="extended" in states,
        escalated="escalated" in states,
        due_clocks=_CLOCKS.get(question.what, ()),
        closed=_closed(question),
    )
    if question.outcomes:
        # the stage that was answered, which a case may have left since
        which = replace(which, outcomes=question.outcomes, outcome_stage=which.stage, stage=None)
    which, when, lines = _when(db, question, which, landlord, today)
    noun = _NOUNS[question.label] if question.label else "Cases"
    happened = [x for x in states if x in HAPPENED]
    about = [
        f"at stage {question.stage}" if question.stage else "",
        _states_words(question),
        " or ".join(question.outcomes),
        {"acknowledgement": "for acknowledgement", "response": "for a response"}.get(question.what, ""),
        when,
        "for " + " and ".join(x.words for x in question.areas or (question.area,)) if question.area else "",
        whose,
    ]
    plain = question.intent == "list" and not (question.state or question.received or question.outcomes)
    opening = f"Open {noun[0].lower()}{noun[1:]}" if plain else noun
    if question.intent == "count" and not (question.state or question.within or question.outcomes):
        about.insert(0, "logged in all")
    came = question.received and question.intent == "list"
    if (happened or came or question.outcomes) and which.closed is None:
        about.append("(open and closed)")
    return Scope(which, " ".join([opening, *(x for x in about if x)]), lines)


def _closed(question: Question) -> bool | None:
    """Whether closed cases count: what has happened and what has come in counts either way."""
    if question.state == "closed" or "closed" in question.also:
        return True
    if question.outcomes and not question.state:
        return None
    if question.received and not question.also and question.state in ("", "due", "hazard"):
        return None if question.within or question.intent == "count" else False
    if question.state in HAPPENED:
        return None if question.within or question.intent == "count" else False
    if question.intent == "count" and not question.state:
        return None
    return False


def _states_words(question: Question) -> str:
    named = [STATE_WORDS.get(x, x) for x in (question.state, *question.also) if x]
    if question.state in ("due", "") and question.received:
        return ""
    return " and ".join(named)


def _when(
    db: Database, question: Question, which: Filter, landlord: Landlord, today: date
) -> tuple[Filter, str, tuple[str, ...]]:
    """The filter with its dates, how the time is said, and what else falls outside it."""
    state = question.state
    if question.outcomes:
        if not question.within:
            return which, "in a response", ()
        first, last = times.days(question.within, today, landlord.calendar, behind=True)
        return (
            replace(which, happened_from=first, happened_until=last),
            f"in a response sent {times.said(question.within, first, last, today, behind=True)}",
            (),
        )
    if question.received or (question.intent == "count" and state not in ("due", "overdue", *HAPPENED)):
        if not question.within and not question.received:
            return which, "", ()
        slot = question.within or "7_days"
        first, last = times.days(slot, today, landlord.calendar, behind=True)
        verb = "received"
        return (
            replace(which, received_from=first, received_until=last),
            f"{verb} {times.said(slot, first, last, today, behind=True)}",
            (),
        )
    if state in HAPPENED:
        if not question.within:
            return which, "", ()
        first, last = times.days(question.within, today, landlord.calendar, behind=True)
        return (
            replace(which, happened_from=first, happened_until=last),
            times.said(question.within, first, last, today, behind=True),
            (),
        )
    if state == "overdue":
        return _overdue(db, question, which, landlord, today)
    if state == "due" or question.within:
        first, last = times.days(question.within, today, landlord.calendar)
        dated = replace(which, due_from=first, due_until=last)
        late, _ = cases.count(db, replace(which, overdue_on=today)) if first <= today else (0, 0)
        if first < today:
            late -= cases.count(db, replace(dated, overdue_on=today))[0]
        lines = (f"{number(late, 'more case')} {'is' if late == 1 else 'are'} overdue.",) if late else ()
        words = times.said(question.within, first, last, today, behind=False)
        if not question.within:
            words = "from today on"
        if last < today:
            words += " and still not done"
        return dated, f"{words}" if state == "due" else f"due {words}", lines
    return which, "", ()


def _overdue(
    db: Database, question: Question, which: Filter, landlord: Landlord, today: date
) -> tuple[Filter, str, tuple[str, ...]]:
    """Overdue now; a time beside it says which of them fell due then, or, ahead, which will be if nothing is done."""
    if not question.within:
        return which, "", ()
    first, last = times.days(question.within, today, landlord.calendar, behind=True)
    if first > today or (question.within in ("tomorrow", "next_week", "next_month")):
        first, last = times.days(question.within, today, landlord.calendar)
        words = times.said(question.within, first, last, today, behind=False)
        ahead = replace(which, overdue_on=None, due_from=first, due_until=last)
        return ahead, f"if nothing is done by their due date: due {words}", ()
    if question.within in times.BOTH_WAYS:
        then = replace(which, due_from=first, due_until=min(last, today - timedelta(days=1)))
        fell, _ = cases.count(db, then)
        return (
            which,
            "now",
            (f"{fell} of them fell due {times.said(question.within, first, last, today, behind=True)}.",),
        )
    return (
        replace(which, due_from=first, due_until=last),
        f"that fell due {times.said(question.within, first, last, today, behind=True)}",
        (),
    )


def _whose(
    db: Database, question: Question, asker: str, landlord: Landlord, eyes: Eyes
) -> tuple[Filter, str]:
    if question.team:
        return _team(question.team, asker, landlord)
    if not question.handler:
        return Filter(), ""
    wanted = (question.handler, *question.also_handlers)
    found = tuple(
        dict.fromkeys(x for name in wanted for x in _people(db, name, question, asker, landlord, eyes))
    )
    if question.logged:
        ids = tuple(
            user for user, name in landlord.people.items() if any(same_person(name, x) for x in found)
        )
        return Filter(told_by=(*found, *ids)), f"logged by {' or '.join(found)}"
    return Filter(handlers=found), f"with {' or '.join(found)}"


def _people(
    db: Database, wanted: str, question: Question, asker: str, landlord: Landlord, eyes: Eyes
) -> tuple[str, ...]:
    """Everybody known by a name, or the asker for `me`. Raises Unanswerable."""
    if wanted == "me":
        if question.logged:
            return (asker,)
        if asker in cases.handlers(db, eyes.seen_by) or (is_member(asker) and not landlord.people):
            return (asker,)  # where the settings name nobody, people are known by their ids
        if is_member(asker):
            raise Unanswerable(
                Answer(
                    "I do not know which handler you are.",
                    lines=(NOT_NAMED,),
                )
            )
        named = [
            x
            for x in cases.handlers(db, eyes.seen_by)
            if same_person(x, asker) or same_person(x.split()[0], asker)
        ]
        return (named[0] if len(named) == 1 else asker,)
    known = sorted(
        {
            *cases.handlers(db, eyes.seen_by),
            *landlord.people.values(),
            *(x for team in landlord.teams.values() for x in team),
        }
    )
    found = [x for x in known if same_person(x, wanted) or same_person(x.split()[0], wanted)]
    if not found:
        names = ", ".join(known[:NAMES_SHOWN]) + (
            f" and {len(known) - NAMES_SHOWN} more" if len(known) > NAMES_SHOWN else ""
        )
        raise Unanswerable(
            Answer(
                "Nobody of that name has, or had, a case here.",
                private=(f'I looked for "{wanted[:60]}".',),
                lines=(f"Those who have: {names}.",) if known else ("Nobody has a case yet.",),
            )
        )
    return tuple(found)


def is_member(name: str) -> bool:
    """Whether a name is an id of Slack's."""
    return bool(re.fullmatch(r"[UW][A-Z0-9]{2,}", name))


def _team(team: str, asker: str, landlord: Landlord) -> tuple[Filter, str]:
    if team == MY_TEAM:
        mine = [name for name, people in landlord.teams.items() if any(same_person(x, asker) for x in people)]
        if not mine:
            raise Unanswerable(
                Answer(
                    f"I do not know which team {asker} is in.",
                    lines=("The setting teams says who is in which.",),
                )
            )
        members = tuple(dict.fromkeys(x for name in mine for x in (name, *landlord.teams[name])))
        return Filter(handlers=members), f"with the team {' and '.join(mine)}"
    if team not in landlord.teams:
        known = ", ".join(landlord.teams)
        raise Unanswerable(
            Answer(
                "I know no team of that name.",
                private=(f'I looked for "{team[:60]}".',),
                lines=(
                    f"Teams: {known}." if known else "The setting teams names the teams and who is in each.",
                    "A service area needs no team: ask for repairs, heating, lettings, rent and so on.",
                ),
            )
        )
    if not landlord.teams[team]:
        raise Unanswerable(
            Answer(
                f"I do not know who is in the team {team}.",
                lines=("The setting teams says who is in which.",),
            )
        )
    return Filter(handlers=(team, *landlord.teams[team])), f"with the team {team}"
