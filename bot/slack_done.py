"""Does what a submitted modal says, on the case as it was seen, and says what came of it."""

from contextlib import closing

from putright.bot.slack_desk import CaseDesk
from putright.bot.slack_fields import Values
from putright.bot.slack_form import Form
from putright.bot.slack_screen import outcome_words
from putright.bot.slack_views import Seen
from putright.cases.case import Case
from putright.cases.errors import Refused
from putright.cases.events import Event
from putright.cases.references import whole_reference
from putright.storage.database import writing
from putright.storage.errors import DatabaseProblem
from putright.storage.events import stale
from putright.triage.act import find
from putright.triage.eyes import Eyes
from putright.triage.matters import Pair
from putright.triage.paired import done_to_both
from putright.triage.slack_names import named
from putright.triage.telling import said_back, told


def done_by(form: Form, desk: CaseDesk, seen: Seen, given: Values, user: str, eyes: Eyes) -> str:
    """The outcome in a sentence. Raises Refused, StaleView (with what changed since) and DatabaseProblem: then nothing
    was written.
    """
    if form.on_two:
        return _on_two(form, desk, seen, given, user, eyes)
    decide = form.decide
    assert decide

    def checked(case: Case) -> Event | tuple[Event, ...]:
        _unchanged(case, seen)
        return decide(case, desk.by(user), given, desk.landlord)

    moved = desk.act(seen.reference, checked, eyes)
    written = [f"• {told(x)}" for x in moved.events if said_back(x)]
    return named("\n".join([outcome_words("", moved), *written]), desk.names())


def only_the_day(form: Form, desk: CaseDesk, seen: Seen, given: Values, user: str, eyes: Eyes) -> bool:
    """Whether what was refused would be taken with today's date, so that the refusal stands at the date."""
    if not form.decide or not given.get("day"):
        return False
    try:
        case, _, _ = desk.seen(seen.reference, eyes)
        form.decide(case, desk.by(user), {**given, "day": None}, desk.landlord)
    except (Refused, DatabaseProblem):
        return False
    return True


def _on_two(form: Form, desk: CaseDesk, seen: Seen, given: Values, user: str, eyes: Eyes) -> str:
    assert form.on_two
    with desk.by_name(), closing(desk.open_db()) as db, writing(db):
        before = {seen.reference: find(db, seen.reference, eyes)}
        _unchanged(before[seen.reference], seen)
        if other := whole_reference(str(given.get("other") or "")):
            before[other] = find(db, other, eyes)  # one they may not see is as if it were not
        both = form.on_two(Pair(db, desk.landlord, desk.by(user)), seen.reference, given)
    return "\n".join(["Saved.", *done_to_both(before[both.case.reference], both, desk.landlord)])


def _unchanged(case: Case, seen: Seen) -> None:
    if case.version != seen.version:
        raise stale(case.history, case.reference, seen.version)
