"""Every modal that does an act on a case, by its name: the verb of the terminal, or the button that opens it.

Those whose fields stand in the tables of records come from there; here are the ones that show more than fields.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from putright.bot import slack_pair_forms, slack_record_forms, slack_views
from putright.bot.case_verbs import SECTIONS
from putright.bot.slack_fields import Values, lines
from putright.bot.slack_form import Form, Opening, of_fields, title_of
from putright.cases import acts
from putright.cases.acts import By
from putright.cases.case import Case
from putright.cases.errors import Refused
from putright.cases.events import Event
from putright.cases.labels import Label
from putright.cases.life.confining import REVIEW_DAYS
from putright.cases.limits import Clock, extension
from putright.cases.record import Field, record
from putright.cases.records.assessment import ASSESS
from putright.cases.working_days import in_words
from putright.triage import joins
from putright.triage.landlord import Landlord
from putright.triage.review import labelled
from putright.triage.updates import hears_next

NAMED_ELSEWHERE = {"reclassify": "change"}
"""Verbs of the terminal whose modal has another name."""
_UNCLEAR = ("not known", "not known yet", "unclear", "?")


def _change(case: Case, by: By, given: Values, landlord: Landlord) -> Event:
    reason = str(given.get("reason") or "")
    return labelled(case, by, Label(given["label"]), reason, drawn=given["of_what"] == "drawn")


def _define(case: Case, by: By, given: Values, landlord: Landlord) -> Event:
    others = dict(map(_numbered, lines(given.get("not_ours"))))
    return acts.define(
        case,
        by,
        lines(given["points"]),
        lines(given["outcomes"]),
        not_ours={n: who for n, who in others.items() if who.casefold() not in _UNCLEAR},
        unclear=[n for n, who in others.items() if who.casefold() in _UNCLEAR],
        asked=lines(given.get("asked")),
        issue_date=_a_day(given.get("issue_date")),
        aware_date=_a_day(given.get("aware_date")),
        discretion=str(given.get("discretion") or ""),
    )


def _numbered(line: str) -> tuple[int, str]:
    found = re.fullmatch(r"(\d{1,3})\s*[:.)-]\s*(\S.*)", line)
    if not found:
        raise Refused(f'{line[:40]!r} after --not-ours is not a number and a name, such as "2: the council".')
    return int(found[1]), found[2]


def _extend(case: Case, by: By, given: Values, landlord: Landlord) -> Event:
    days = str(given["days"]).strip()
    if not re.fullmatch(r"\d{1,3}", days):
        raise Refused("Give the working days as a number, such as 10.")
    good, day = "good_reason" in (given.get("good_reason") or ()), _a_day(given.get("on")) or by.today
    heard = hears_next(case, landlord, day)
    return acts.extend(
        case, by, landlord.calendar, int(days), str(given["reason"] or ""), good, day, next_update=heard
    )


def _acknowledge(case: Case, by: By, given: Values, landlord: Landlord) -> Event | tuple[Event, ...]:
    day = _a_day(given["day"])
    if not given.get("complexity"):
        return acts.acknowledge(case, by, day)
    return acts.in_turn(case, lambda x: record(ASSESS, x, by, given), lambda x: acts.acknowledge(x, by, day))


def _assign(case: Case, by: By, given: Values, landlord: Landlord) -> Event:
    """A name that the settings do not know is taken only where whoever types it says that it is somebody new."""
    name = str(given["handler"] or "").strip()
    known = sorted({*landlord.people.values(), *landlord.teams})
    if landlord.people and name and name not in {*known, by.actor, case.handler} and not given.get("new"):
        raise Refused(
            f"I know nobody called {name}. Known handlers: {', '.join(known)}. Tick the box if it is somebody new."
        )
    return acts.assign(case, by, name)


def _confine(case: Case, by: By, given: Values, landlord: Landlord) -> Event:
    """People chosen in Slack by their ids, and those let in before who have none; whom the settings do not know cannot
    be let in, for nobody would know who that is on the record.
    """
    chosen = list(given.get("to") or ())
    unknown = [x for x in chosen if landlord.people and x not in landlord.people]
    if unknown:
        known = ", ".join(sorted(set(landlord.people.values())))
        raise Refused(
            f"{len(unknown)} of the people chosen after --to ({', '.join(unknown)}) cannot be let in: the settings do "
            f"not name them. Take them out, or have them added to [people]. Known: {known}."
        )
    held = case.confined.to if case.confined else ()
    kept = [held[int(place)] for place in given.get("kept") or ()]
    named = [*(landlord.people.get(x, x) for x in chosen), *kept]
    return acts.confine(case, by, named, str(given["reason"] or ""), _a_day(given["day"]))


def confine_view(on: Opening) -> slack_views.View:
    """Who is let in already stands chosen; whoever has no place in Slack is kept by a tick."""
    named = on.case.confined.to if on.case.confined else ()
    ids = {name: user for user, name in on.landlord.people.items()}
    users = [ids.get(x, x) for x in named if x in ids or re.fullmatch(r"[UW][A-Z0-9]+", x)]
    others = [(place, x) for place, x in enumerate(named) if x not in ids and x not in users]
    return slack_views.confine(on.case, on.by.today + timedelta(days=REVIEW_DAYS), users, others)


def _respond(case: Case, by: By, given: Values, _: Landlord) -> Event | tuple[Event, ...]:
    """The response that was sent on a day, or that staff's mail was."""
    outcome, reasons = str(given["outcome"] or ""), lines(given["reasons"])
    impact = str(given.get("impact") or "")
    if given["of_what"]:
        return joins.accepted_as_response(case, by, int(given["of_what"]), outcome, reasons, impact)
    decided_by = str(given.get("decided_by") or "").strip() or None
    return acts.respond(case, by, outcome, reasons, _a_day(given["day"]), decided_by, impact=impact)


def _a_day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None


def _room_to_extend(case: Case, landlord: Landlord, today: date) -> str:
    clock = Clock.STAGE_2_RESPONSE if case.stage == 2 else Clock.STAGE_1_RESPONSE
    due = next((x for x in case.deadlines(landlord.calendar, {}) if x.clock is clock), None)
    if due is None:
        return "There is no response date to extend yet."
    rule = extension(clock, today)
    late = (
        " It has passed: an extension now is recorded as late and moves nothing." if today > due.due else ""
    )
    left = max(rule.days - case.at_stage(case.stage).extended, 0)
    furthest = in_words(landlord.calendar.add(due.due, left)) if left else in_words(due.due)
    return (
        f"The response is due by {in_words(due.due)}.{late} Up to {left} more working days, to {furthest}, are usual "
        f"(Code {rule.cited}). Tell the resident why, the new date, and how to reach the Ombudsman."
    )


def _answered(case: Case) -> bool:
    return case.at_stage(case.stage or 1).responded is not None


def _complaint(case: Case) -> bool:
    return case.closed is None and case.stage > 0


def _may_reopen(case: Case) -> bool:
    return bool(case.closed or case.withdrawn) and not (case.joined_into or case.merged_into)


_REASON_TO_CLOSE = Field("reason", "Why it is closed.", needed='Say why the case is closed: --reason "…".')
_REASON_TO_REOPEN = Field(
    "reason", "Why it is opened again.", needed='Say why the case is opened again: --reason "…".'
)
_REASON_TO_LIFT = Field(
    "reason", "Why.", needed='Say why everybody may see the case again: --reason "…".', paragraph="5.8"
)

FORMS: Mapping[str, Form] = {
    **slack_record_forms.FORMS,
    **slack_pair_forms.FORMS,
    "change": Form(
        lambda on: slack_views.change(on.case, on.reading, on.message),
        _change,
        help="Say what the message is; the history is kept.",
        wanted=lambda case: case.closed is None,
        field="reason",
    ),
    "define": Form(
        lambda on: slack_views.define(on.case, on.message, on.reading),
        _define,
        help="Confirm the complaint definition.",
        wanted=_complaint,
    ),
    "acknowledge": Form(
        lambda on: slack_views.acknowledge(on.case, on.by.today),
        _acknowledge,
        help="The acknowledgement with its definition was sent.",
        wanted=lambda case: _complaint(case) and not case.at_stage(case.stage).acknowledged,
    ),
    "extend": Form(
        lambda on: slack_views.extend(
            on.case, _room_to_extend(on.case, on.landlord, on.by.today), on.by.today
        ),
        _extend,
        help="The resident was told of a later response date, and why.",
        wanted=lambda case: _complaint(case) and not _answered(case),
    ),
    "assign": Form(
        lambda on: slack_views.assign(on.case, on.by.actor),
        _assign,
        help="Give the case to a person.",
        wanted=lambda case: case.closed is None,
    ),
    "respond": Form(
        lambda on: slack_views.respond(on.case, on.by.today),
        _respond,
        help="The full written response was sent.",
        wanted=lambda case: _complaint(case) and not _answered(case),
        field="reasons",
    ),
    "decline": Form(  # opened by the buttons of an offer, which say of what
        lambda on: slack_views.decline(on.case, 0, []),
        lambda c, by, g, _: joins.declined(c, by, int(g["of_what"]), str(g["reason"] or "")),
        wanted=lambda _: False,
    ),
    "escalate": Form(
        lambda on: slack_views.escalate(on.case, on.by.today),
        lambda c, by, g, _: acts.asked_for_stage_2(c, by, _a_day(g["day"]), str(g.get("reason") or "")),
        help="The resident asked for stage 2.",
        wanted=lambda case: bool(case.first.responded) and not (case.escalated or case.stage_2_refused),
    ),
    "confine": Form(
        confine_view,
        _confine,
        help="Only its handler, the people named and leads see the case.",
        lead=True,
        field="reason",
    ),
    "unconfine": of_fields(
        "unconfine",
        "Let everybody who may see cases see it again.",
        (_REASON_TO_LIFT,),
        decide=lambda c, by, g, _: acts.unconfine(c, by, str(g.get("reason") or "")),
        wanted=lambda case: case.confined is not None,
        lead=True,
    ),
    "close": of_fields(
        "close",
        "Close the case; a complaint only once it is answered, withdrawn or refused.",
        (_REASON_TO_CLOSE,),
        decide=lambda c, by, g, _: acts.close(c, by, str(g.get("reason") or "")),
        wanted=lambda case: case.closed is None and not case.unconfirmed,
    ),
    "reopen": of_fields(
        "reopen",
        "Open a closed case again.",
        (_REASON_TO_REOPEN,),
        decide=lambda c, by, g, _: acts.reopen(c, by, str(g.get("reason") or "")),
        wanted=_may_reopen,
    ),
}
"""Each modal by its name: that of the button that opens it."""


def form_named(verb: str) -> str:
    """The name of the modal of a verb."""
    return NAMED_ELSEWHERE.get(verb, verb)


def menu_of(case: Case, *, lead: bool) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """What may be wanted on a case as it stands, under the headings of the terminal's help: of each act the name of its
    modal, its words and what it is for.
    """
    found = []
    for title, verbs in SECTIONS.items():
        names = [x for x in map(form_named, (*verbs, *(["done"] if "action" in verbs else []))) if x in FORMS]
        wanted = [x for x in names if FORMS[x].wanted(case) and (lead or not FORMS[x].lead)]
        if wanted:
            found.append((title, [(x, _words(x), FORMS[x].help) for x in wanted]))
    return found


def _words(name: str) -> str:
    return {"done": "Done, or ended"}.get(name, title_of(name))
