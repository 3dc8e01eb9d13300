"""What an act on two cases did, in plain lines: what went where, what each case is now, what to do next."""

from collections.abc import Iterator, Sequence

from putright.cases.case import Case
from putright.cases.events import Event, Kind
from putright.cases.labels import Label
from putright.cases.life.matters import How
from putright.cases.working_days import in_words, local_day
from putright.triage.landlord import Landlord
from putright.triage.matters import Both
from putright.triage.posts import headline


def done_to_both(before: Case, both: Both, landlord: Landlord) -> list[str]:
    """The act as lines to read. `before` is the case that was acted on as it stood before it."""
    new = both.case.history[before.version :]
    first, last = _what(before, both, new)
    return [first, *_as_they_stand(both, landlord), *([last] if last else [])]


def _what(before: Case, both: Both, new: Sequence[Event]) -> tuple[str, str]:
    """What was done, and what to do next (may be empty)."""
    case, other = both.case, both.other
    if raised := [x for x in new if x.kind is Kind.ISSUE]:
        return _issue(case, other, raised[0])
    assert other
    if any(x.kind is Kind.REOPENED for x in new):
        return _parted(case, other)
    if case.joined_into or case.merged_into:
        return _merged(case, other)
    if any(x.kind is Kind.UNJOINED for x in new):
        received = in_words(local_day(other.received))
        return f"The message is {other.reference} now, received {received}.", _next(other)
    how = next(x.data["how"] for x in reversed(new) if x.kind is Kind.LINKED)
    points = "; ".join(other.first.definition.points)
    received = in_words(local_day(other.received))
    match how:
        case How.SPLIT_INTO:
            return (
                (
                    f"{other.reference} was split from {case.reference}, received {received}, about: {points}. Both "
                    "show the message, and each is handled on its own."
                ),
                _next(other),
            )
        case How.COMPLAINT:
            return (
                (
                    f"{other.reference} is the complaint about how {case.reference} was handled (Code 1.5), received "
                    f"{received}, about: {points}. {case.reference} stays open, and its work goes on."
                ),
                _next(other),
            )
    return (
        (
            f"{case.reference} and {other.reference} are linked: no message and no date moves, and each keeps its own "
            "clock."
        ),
        "",
    )


def _issue(case: Case, other: Case | None, raised: Event) -> tuple[str, str]:
    """Where an issue went, by the three questions of 6.8."""
    if other is None:
        number = len(case.at_stage(case.stage).definition.points)
        tell = f'Next: tell the resident, and record that:  putright case update {case.reference} --text "…"'
        return (
            (
                f"It is point {number} of the definition of {case.reference} now, on the dates that it has: related, "
                "stage 1 not answered, and no unreasonable delay (Code 6.8)."
            ),
            tell if case.at_stage(case.stage).acknowledged else _next(case),
        )
    why = [
        *([] if raised.data["related"] else ["it is not related"]),
        *(["stage 1 was answered already"] if raised.data["answered"] else []),
        *(["it would unreasonably delay the answer"] if raised.data["delays"] else []),
    ]
    return (
        (
            f"It is a complaint of its own, {other.reference}, received {in_words(local_day(other.received))}: "
            f"{' and '.join(why)} (Code 6.8). {case.reference} goes on as it was."
        ),
        _next(other),
    )


def _merged(case: Case, other: Case) -> tuple[str, str]:
    came = [
        *(
            y
            for x in other.of(Kind.MERGED)[-1:]
            if x.data["reference"] == case.reference
            for y in x.data["messages"]
        ),
        *(x.data["message"] for x in other.joins.values() if x.data.get("came_from") == case.reference),
    ]
    what = (
        f"{_numbered(other, came)} there now" if came else "it brought no message that was not there already"
    )
    return (
        (
            f"{case.reference} is part of {other.reference} now, as the same matter: {what}, and {other.reference} "
            f"counts as received {in_words(local_day(other.received))}, the earlier of the two."
        ),
        f"If they are two matters after all:  putright case unmerge {case.reference} {other.reference}",
    )


def _parted(case: Case, other: Case) -> tuple[str, str]:
    count = len(case.messages)
    return (
        (
            f"{case.reference} is open again with its {f'{count} messages' if count > 1 else 'message'}, received "
            f"{in_words(local_day(case.received))}; {other.reference} goes on without, received "
            f"{in_words(local_day(other.received))}."
        ),
        _next(case),
    )


def _numbered(case: Case, messages: Sequence[str]) -> str:
    numbers = [str(case.messages.index(x) + 1) for x in messages if x in case.messages]
    if len(numbers) == 1:
        return f"its message is message {numbers[0]}"
    return f"its messages are messages {', '.join(numbers[:-1])} and {numbers[-1]}"


def _next(case: Case) -> str:
    """What a person does first on a case that stands on its own (again)."""
    if case.closed:
        return ""
    stage = case.at_stage(case.stage)
    if case.label is Label.COMPLAINT and case.runs_complaint_clocks:
        if not stage.definition.by:
            return f"Next: confirm its definition (Code 5.6):  putright case define {case.reference}"
        if not stage.acknowledged:
            return f"Next: acknowledge it:  putright case acknowledge {case.reference}"
    return (
        "" if case.handler else f'Next: say who handles it:  putright case assign {case.reference} --to "…"'
    )


def _as_they_stand(both: Both, landlord: Landlord) -> Iterator[str]:
    """Label and due date of each case that goes on."""
    for case in filter(None, (both.case, both.other)):
        if not (case.joined_into or case.merged_into):
            yield headline(case, case.next_due(landlord.calendar, landlord.targets))
