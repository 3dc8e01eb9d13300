"""The modals of acts on two cases: split, complain, link, merge, unmerge, unjoin, a new issue."""

from putright.bot.slack_fields import Values, lines
from putright.bot.slack_form import Form, of_fields
from putright.cases.case import Case
from putright.cases.errors import Refused
from putright.cases.labels import Label
from putright.cases.life.matters import standing
from putright.cases.record import Field, Is
from putright.cases.references import whole_reference
from putright.triage import joins, one_matter
from putright.triage.act import find
from putright.triage.matters import Both, Pair

_OTHER = Field("other", "The other case, such as HC-2026-0012.", Is.NAME, "Say which other case.")
_OUTCOMES = Field("outcomes", "What the resident seeks in it, one a line.")
_YES_OR_NO = ("yes", "no")
_MESSAGE = "Message "


def other_case(given: Values) -> str:
    """The reference that was typed. Raises Refused for what is none."""
    typed = str(given.get("other") or "").strip()
    found = whole_reference(typed)
    if not found:
        raise Refused(f"{typed[:40]!r} is no reference. Write it as HC-2026-0012.")
    return found


def _open(case: Case) -> bool:
    return case.closed is None


def _parted(case: Case) -> tuple[str, ...]:
    """The cases from which it can be parted: the one it is part of, or those that are part of it."""
    if into := case.joined_into or case.merged_into:
        return (into,)
    came = [x.data["came_from"] for x in case.joins.values() if x.data.get("came_from")]
    return tuple(dict.fromkeys([*standing(case), *came]))


def _unmerge(pair: Pair, reference: str, given: Values) -> Both:
    other, case = other_case(given), find(pair.db, reference)
    if other in (case.joined_into, case.merged_into):
        return one_matter.part(pair, reference, other)
    return one_matter.part(pair, other, reference)


def _messages(case: Case) -> tuple[str, ...]:
    """The messages that joined it and can be taken out again."""
    return tuple(f"{_MESSAGE}{n}" for n, x in enumerate(case.messages, 1) if x in _joined(case))


def _joined(case: Case) -> set[str]:
    return {x.data["message"] for x in case.joins.values()}


def _unjoin(pair: Pair, reference: str, given: Values) -> Both:
    number = int(str(given["message"]).removeprefix(_MESSAGE))
    moved, other = joins.unjoin(pair.db, reference, pair.landlord, pair.by, given.get("reason", ""), number)
    return Both(moved.after, other)


def _split(pair: Pair, reference: str, given: Values) -> Both:
    points, outcomes = (tuple(lines(given.get(x))) for x in ("points", "outcomes"))
    return pair.split(reference, Label(given["label"]), points, outcomes, given.get("on"))


def _complain(pair: Pair, reference: str, given: Values) -> Both:
    outcomes = tuple(lines(given.get("outcomes")))
    return pair.complain(reference, str(given.get("point") or ""), outcomes, given.get("on"))


def _add_issue(pair: Pair, reference: str, given: Values) -> Both:
    outcomes = tuple(lines(given.get("outcomes")))
    related, delays = given["related"] == "yes", given["delays"] == "yes"
    return pair.add_issue(
        reference, str(given.get("issue") or ""), outcomes, related, delays, given.get("on")
    )


FORMS: dict[str, Form] = {
    "split": of_fields(
        "split",
        "Open a further case out of a message that holds several matters; both are linked.",
        (
            Field("label", "What the further case is.", Is.CHOICE, "Say what it is.", "", tuple(Label)),
            Field(
                "points",
                "What it is about, one a line.",
                Is.TEXT,
                'Say what the further case is about: --point "…".',
            ),
            _OUTCOMES,
            Field("on", "The day it was said; as the case itself if left out.", Is.EVER),
        ),
        on_two=_split,
        wanted=_open,
    ),
    "complain": of_fields(
        "complain",
        "A service request became a complaint (Code 1.5): one is opened beside it, and the request stays open.",
        (
            Field(
                "point",
                "What the resident is dissatisfied with.",
                Is.TEXT,
                'Say what the resident is dissatisfied with: --point "…".',
            ),
            _OUTCOMES,
            Field("on", "The day they said so; today if left out.", Is.PAST, default_today=True),
        ),
        on_two=_complain,
        wanted=lambda case: _open(case) and case.label is not Label.COMPLAINT,
    ),
    "add-issue": of_fields(
        "add-issue",
        "An issue raised during the investigation (Code 6.8): into the definition, or a complaint of its own.",
        (
            Field(
                "issue", "What the resident raised.", Is.TEXT, 'Say what the resident raised: --issue "…".'
            ),
            _OUTCOMES,
            Field("related", "Is it related to the complaint?", Is.CHOICE, "Say whether.", "", _YES_OR_NO),
            Field(
                "delays",
                "Would it unreasonably delay the response?",
                Is.CHOICE,
                "Say whether.",
                "",
                _YES_OR_NO,
            ),
            Field("on", "The day it was raised; today if left out.", Is.PAST, default_today=True),
        ),
        on_two=_add_issue,
        wanted=lambda case: _open(case) and case.label is Label.COMPLAINT,
    ),
    "link": of_fields(
        "link",
        "Two cases belong together; each keeps its own clock.",
        (_OTHER,),
        on_two=lambda pair, reference, given: pair.link(reference, other_case(given)),
    ),
    "merge": of_fields(
        "merge",
        "This is the same matter as another case: this one ends, and the other goes on from the earlier receipt.",
        (_OTHER,),
        on_two=lambda pair, reference, given: one_matter.merge(pair, reference, other_case(given)),
        wanted=_open,
    ),
    "unmerge": of_fields(
        "unmerge",
        "The two were not the same matter after all: both stand as before.",
        (Field("other", "The other case.", Is.CHOICE, "Say which other case."),),
        on_two=_unmerge,
        choices=lambda case: {"other": _parted(case)},
        nothing="{0} has nothing to take apart: no case was merged into it, and it is part of no other.",
        wanted=lambda case: bool(_parted(case)),
    ),
    "unjoin": of_fields(
        "unjoin",
        "Take a joined message out: it gets its own case, whose clock runs from its own receipt.",
        (
            Field("message", "Which message.", Is.CHOICE, "Say which message."),
            Field("reason", "Why."),
        ),
        on_two=_unjoin,
        choices=lambda case: {"message": _messages(case)},
        nothing="No further message joined {0}, so there is none to take out. To part its own words, use Split.",
        wanted=lambda case: bool(_messages(case)),
    ),
}
