"""What has to be said with an act beyond the date it moved: that it was late, and what it does not change."""

from datetime import date

from putright.cases.beside import beside
from putright.cases.case import Case, fold
from putright.cases.deadlines import Deadline
from putright.cases.events import Event, Kind
from putright.cases.limits import Clock, extension
from putright.cases.records.promises import open_promises
from putright.cases.typed import same_person
from putright.cases.working_days import LONDON, in_words, local_day
from putright.triage.landlord import Landlord
from putright.triage.updates import agreed_interval, next_update


def remarks(case: Case, event: Event, landlord: Landlord) -> tuple[str, ...]:
    """Plain sentences about the act that `event` is; `case` is as it stands after it. Mostly none."""
    match event.kind:
        case Kind.DEFINED:
            return (*_replaced(case, event), *_out_of_time(case))
        case Kind.EXTENDED:
            return (*((late_notice(event),) if event.data["late"] else ()), *_heard_next(event))
        case Kind.CLOSED:
            return _beside_still(case, landlord)
        case Kind.UPDATED:
            return _updated(case, event, landlord)
        case Kind.ACKNOWLEDGED:
            return _acknowledged(case, event.data["stage"], landlord)
        case Kind.RESPONDED:
            due = _deadline(case, _RESPONSE[event.data["stage"]], landlord)
            late = (
                (f"Late: it was due {in_words(due.due)} (Code {due.cited}).",) if due and not due.met else ()
            )
            return (*late, *_upheld_of_others(case, event))
        case Kind.DONE if event.data["of"] in (Kind.ACTION, Kind.REMEDY):
            return _all_done(case)
    return ()


def _heard_next(event: Event) -> tuple[str, ...]:
    """When the resident hears next after an extension (5.9)."""
    if not event.data.get("next"):
        return ()
    day = in_words(date.fromisoformat(event.data["next"]))
    return (f"The resident hears next by {day} (Code 5.9); --next sets the day that was agreed with them.",)


def _beside_still(case: Case, landlord: Landlord) -> tuple[str, ...]:
    """What data protection law still wants of a case that was closed: its clocks do not end with it."""
    return tuple(
        f"Not ended by the closing: {x.duty} by {x.due_in_words} ({x.source}). Once it is done: putright case mark "
        f"{case.reference} {x.mark.value} --answered YYYY-MM-DD"
        for x in beside(case.open_marks, landlord.calendar)
    )


def _updated(case: Case, event: Event, landlord: Landlord) -> tuple[str, ...]:
    """When the resident hears next after an update where nobody said so, or how to say it (5.9)."""
    if not event.data.get("next"):
        return (
            (
                "No next update is set, for none was agreed. Agree one with the resident, and set it (Code 5.9): "
                f"putright case update {case.reference} --next YYYY-MM-DD"
            ),
        )
    before = fold(case.reference, case.history[: case.history.index(event)])
    day = date.fromisoformat(event.data["on"])
    if event.data["next"] != str(next_update(before, landlord, day, local_day(event.at))):
        return ()
    days = (date.fromisoformat(event.data["next"]) - day).days
    interval = f"{days} day{'s' if days != 1 else ''} after this one"
    why = "as agreed before" if agreed_interval(before) else "your own interval (reminders.update_days)"
    return (f"That is {interval}, {why}; --next sets another day that was agreed with them.",)


def _out_of_time(case: Case) -> tuple[str, ...]:
    """What a person decides on a complaint that came after 12 months: nothing is refused by that (2.3)."""
    if not case.to_consider:
        return ()
    return (
        (
            "It came more than 12 months after it happened and was known. A person considers taking it all the same "
            f'(Code 2.3): putright case define {case.reference} --discretion "why", or case refuse with that ground.'
        ),
    )


def _upheld_of_others(case: Case, event: Event) -> tuple[str, ...]:
    """Each point that is upheld although the definition says that another is responsible for it (5.7)."""
    responsible = case.at_stage(event.data["stage"]).definition.responsible
    return tuple(
        f"Point {number} is {decided['outcome']}, and by the definition it is not yours but "
        f"{said.removeprefix('no: ')}'s: say in the letter what of it was your fault, or define the complaint again "
        "(Code 5.7)."
        for number, (said, decided) in enumerate(
            zip(responsible, event.data.get("decisions", ()), strict=False), 1
        )
        if said.startswith("no: ") and decided["outcome"] != "not upheld"
    )


def _replaced(case: Case, event: Event) -> tuple[str, ...]:
    """Whose definition of the same stage is replaced: the other may not know."""
    same = [x for x in case.of(Kind.DEFINED) if x.data["stage"] == event.data["stage"]]
    if len(same) < 2 or same_person(same[-2].actor, event.actor):
        return ()
    before = same[-2].at.astimezone(LONDON)
    text = (
        f"It replaces the definition that {same[-2].actor} confirmed on {in_words(before.date())} {before:%H:%M}, "
        f"which stays in  putright case timeline {case.reference}."
    )
    return (text,)


def _all_done(case: Case) -> tuple[str, ...]:
    """What follows when the last promise of a complaint that was answered, withdrawn or refused is kept."""
    if open_promises(case) or case.closed:
        return ()
    if case.withdrawn or case.refused:
        how = "withdrawn" if case.withdrawn else "refused"
        text = (
            f"All that was promised is done, and it was {how}, so it can be closed (Code 7.3): "
            f'putright case close {case.reference} --reason "{how}; promises kept".'
        )
        return (text,)
    if not case.at_stage(max(case.stage, 1)).responded:
        return ()
    return (
        f"All that was promised is done. The letter that says so (Code 7.3): putright letter closure {case.reference}",
    )


def late_notice(event: Event) -> str:
    """Why a late notice of extension is a breach and moves nothing."""
    data = event.data
    stage = _RESPONSE[data["stage"]]
    day = date.fromisoformat(data["day"]) if "day" in data else event.at.date()
    due = f", when the answer was due {in_words(date.fromisoformat(data['due']))}" if "due" in data else ""
    return (
        f"LATE NOTICE: the resident was told on {in_words(day)}{due}. That is a breach of the Code, and the "
        f"{data['working_days']} working days move nothing by which compliance is measured "
        f"(Code {extension(stage, day).cited})."
    )


_ACKNOWLEDGEMENT = {1: Clock.STAGE_1_ACKNOWLEDGEMENT, 2: Clock.STAGE_2_ACKNOWLEDGEMENT}
_RESPONSE = {1: Clock.STAGE_1_RESPONSE, 2: Clock.STAGE_2_RESPONSE}


def _acknowledged(case: Case, stage: int, landlord: Landlord) -> tuple[str, ...]:
    acknowledgement = _deadline(case, _ACKNOWLEDGEMENT[stage], landlord)
    response = _deadline(case, _RESPONSE[stage], landlord)
    said = []
    if acknowledgement and not acknowledgement.met:
        said.append(
            f"Late: it was due {in_words(acknowledgement.due)}, so Code {acknowledgement.cited} is breached."
        )
    if response and response.backstop and response.backstop != response.due_before_extension:
        moved = "later" if response.backstop < response.due_before_extension else "earlier"
        said.append(
            f"The response is due {in_words(response.due)}, counted from the acknowledgement (Code "
            f"{response.cited}); that is {moved} than {in_words(response.backstop)}, which both limits together "
            "give."
        )
    return tuple(said)


def _deadline(case: Case, clock: Clock, landlord: Landlord) -> Deadline | None:
    """None where the Code of its dates knows no such limit."""
    return next((x for x in case.deadlines(landlord.calendar, landlord.targets) if x.clock is clock), None)
