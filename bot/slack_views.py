"""Slack's modals as values: pure functions from a case to a view.

A modal may show a resident's words (it stands behind an access check); its private_metadata holds the reference and
the version that was seen, nothing personal.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from putright.bot.slack_blocks import Block, escaped, offered, section, sections
from putright.bot.slack_inputs import INPUT_LIMIT, OPTIONS_LIMIT, asked, day, menu, option, plain, typed
from putright.bot.slack_words import in_slack
from putright.cases.acts import OUTCOMES
from putright.cases.case import Case
from putright.cases.events import Kind
from putright.cases.labels import Label
from putright.cases.message import Message
from putright.cases.offers import Offer
from putright.cases.reading import Reading
from putright.cases.working_days import in_words
from putright.classifier.definition import may_be_sought
from putright.triage.flags import flagged
from putright.triage.looks import moment_words
from putright.triage.posts import hazard_words
from putright.triage.slack_names import named

LATER_SHOWN = 5
"""So many of a case's later messages are shown where it is opened."""
NAMES_STAND_IN = ("mrkdwn", "plain_text")
SENTENCES_SHOWN = 12

PICK = "pick:act"
"""The menu of all acts."""

NOT_SAID = 'If they have not said: "not stated, asked".'

View = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Seen:
    """The case a modal is about, as it stood when it was opened; `of_what` is an offer of it, or that it was drawn."""

    reference: str
    version: int
    of_what: str = ""

    def __str__(self) -> str:
        return f"{self.reference}|{self.version}|{self.of_what}"

    @classmethod
    def of(cls, metadata: str) -> "Seen":
        reference, version, of_what, *_ = [*metadata.split("|"), ""]
        return cls(reference, int(version), of_what)


def change(
    case: Case,
    reading: Reading | None,
    message: Message | None,
    *,
    said: Label | None = None,
    of_what: str = "",
) -> View:
    """What is it? The label (`said` where a person chose it already) and the reason, below what decided."""
    chosen = said or case.label
    view = modal(
        "change",
        "What is it?",
        case,
        [
            *why_blocks(reading, message),
            asked(
                "label",
                "This is",
                {
                    "type": "radio_buttons",
                    "options": [option(x.words, x.value) for x in Label],
                    "initial_option": option(chosen.words, chosen.value),
                },
            ),
            asked("reason", "Why (kept with the label)", typed(), optional=True),
        ],
    )
    return {**view, "private_metadata": str(Seen(case.reference, case.version, of_what))}


def why(
    case: Case, reading: Reading | None, message: Message | None, further: Sequence[Message] = ()
) -> View:
    """Why it was read so: the sentences that decided, the rules and their paragraphs; and what was said since."""
    return modal("why", "Why?", case, [*why_blocks(reading, message), *later(further)], fills_in=False)


def define(case: Case, message: Message | None, reading: Reading | None) -> View:
    """The complaint definition (5.6): a draft beside the resident's own words."""
    held = case.at_stage(case.stage).definition
    if case.stage == 2 and not held.points:
        held = case.first.definition
    sought, hint = held.outcomes, NOT_SAID
    if not (sought or held.by) and message and reading and (may := may_be_sought(message.body, reading)):
        sought, hint = may, f"The reader was not sure that this is asked for: check it. {NOT_SAID}"
    return modal(
        "define",
        "Complaint definition",
        case,
        [
            section("*What the resident wrote*"),
            *quoted(message),
            asked(
                "points",
                "What we understand, one point a line",
                typed(many=True, filled="\n".join(held.points)),
            ),
            asked(
                "outcomes",
                "What the resident seeks, one a line",
                typed(many=True, filled="\n".join(sought)),
                hint=hint,
            ),
            asked(
                "not_ours",
                "What is somebody else's (Code 5.7), one a line",
                typed(many=True),
                optional=True,
                hint='The number of the point and who: "2: the council", or "2: not known yet".',
            ),
            asked("asked", "What was unclear and was asked, one a line", typed(many=True), optional=True),
            asked("issue_date", "When it happened (Code 2.3)", {"type": "datepicker"}, optional=True),
            asked("aware_date", "When the resident knew, if later", {"type": "datepicker"}, optional=True),
            asked("discretion", "If older than 12 months: why it is taken", typed(), optional=True),
        ],
    )


def acknowledge(case: Case, today: date) -> View:
    fields = [day("day", "Sent on", today)]
    if not case.of(Kind.ASSESSED):
        options = [option(x.capitalize(), x) for x in ("low", "medium", "high")]
        fields += [
            asked("complexity", "Complexity (Code 6.1)", menu(options)),
            asked("vulnerability", "Vulnerability", typed(filled="none known")),
            asked("risk", "Risk", typed(filled="none known")),
        ]
    return modal("acknowledge", "Acknowledgement sent", case, fields)


def extend(case: Case, shown: str, today: date) -> View:
    """`shown` says in words when the response is due now and how far it may be extended."""
    good = option("There is a good reason for more than the Code's limit", "good_reason")
    return modal(
        "extend",
        "Extend the response",
        case,
        [
            section(escaped(shown)),
            asked("days", "Working days more", typed()),
            asked("reason", "The reason, as told to the resident", typed(many=True)),
            day("on", "Told on", today),
            asked(
                "good_reason", "Longer than usual?", {"type": "checkboxes", "options": [good]}, optional=True
            ),
        ],
    )


def decline(case: Case, number: int, said: Sequence[Block]) -> View:
    """Why what a case puts before a person is left."""
    view = modal("decline", "Leave it", case, [*said, asked("reason", "Why", typed(many=True))])
    return {**view, "private_metadata": str(Seen(case.reference, case.version, str(number)))}


def assign(case: Case, name: str) -> View:
    new = option("This is somebody new", "new")
    fields = [
        asked("handler", "Name", typed(filled=name)),
        asked("new", "Not known yet?", {"type": "checkboxes", "options": [new]}, optional=True),
    ]
    return modal("assign", "Who handles it?", case, fields)


def confine(
    case: Case, review: date, users: Sequence[str] = (), others: Sequence[tuple[int, str]] = ()
) -> View:
    """Who may see it beside its handler and leads, why, and when that is looked at again; `users` (Slack ids) and
    `others` (their places among those named, and their names) may see it already.
    """
    chosen = {"initial_users": list(users)} if users else {}
    fields = [
        asked(
            "to",
            "Who may see it beside its handler and leads",
            {"type": "multi_users_select", "placeholder": plain("Choose people"), **chosen},
            optional=True,
        )
    ]
    if others:
        named = [option(name, str(place)) for place, name in others[:OPTIONS_LIMIT]]
        kept = {"type": "multi_static_select", "options": named, "initial_options": named}
        fields.append(asked("kept", "May see it already, and stays", kept, optional=True))
    return modal(
        "confine",
        "Who may see it",
        case,
        [
            *fields,
            asked("reason", "Why: about staff, a conflict, data protection", typed(many=True)),
            asked("day", "Reviewed on", {"type": "datepicker", "initial_date": review.isoformat()}),
        ],
    )


def respond(case: Case, today: date, offer: Offer | None = None) -> View:
    """What was decided. Staff's mail of an `offer` was sent on its own day, which is shown and not asked."""
    options = [option(x.capitalize(), x) for x in OUTCOMES]
    fields = [
        asked("outcome", "The decision", menu(options)),
        asked(
            "reasons",
            "The reason for each point, one a line",
            typed(many=True),
            hint='In the order of the definition; one may begin with its own decision, such as "not upheld: …".',
        ),
        asked(
            "impact",
            "How the fault affected the resident (Code 7.2)",
            typed(many=True),
            optional=True,
            hint="Needed where a point is upheld; what is on record already need not be said again.",
        ),
    ]
    if offer is None:
        decided_by = asked("decided_by", "Who decided, if not you (Code 6.13)", typed(), optional=True)
        return modal("respond", "Response sent", case, [*fields, day("day", "Sent on", today), decided_by])
    sent = f"By staff's mail{f' of {in_words(offer.day)}' if offer.day else ''}, which is kept with the case."
    view = modal("respond", "Response sent", case, [section(sent), *fields])
    return {**view, "private_metadata": str(Seen(case.reference, case.version, str(offer.number)))}


def escalate(case: Case, today: date) -> View:
    return modal(
        "escalate",
        "To stage 2",
        case,
        [
            day("day", "Asked for on", today),
            asked("reason", "Reason, if they gave one (none is needed, Code 6.12)", typed(), optional=True),
        ],
    )


def log_complaint(text: str, place: str, note: str = "", *, files: bool = False) -> View:
    """Log a message as a complaint. `place` says which message it is (team, channel, ts, author, thread); one that
    brings files need have no words.
    """
    blocks = [
        asked("text", "What was said", typed(many=True, filled=text), optional=files),
        asked("resident", "The resident, if known", typed(), optional=True),
    ]
    if note:
        blocks.insert(0, section(escaped(note)))
    return {
        "type": "modal",
        "callback_id": "log_complaint",
        "title": plain("Log as complaint"),
        "submit": plain("Log it"),
        "close": plain("Cancel"),
        "private_metadata": place,
        "blocks": blocks,
    }


def more(case: Case, groups: Sequence[tuple[str, Sequence[tuple[str, str, str]]]]) -> View:
    """Everything that may be done with a case, to choose from: under each heading the value of an act, its words and
    what it is for.
    """
    options = [
        {"label": plain(title), "options": [option(words, value, what) for value, words, what in acts]}
        for title, acts in groups
    ]
    chooser = {
        "type": "static_select",
        "action_id": PICK,
        "placeholder": plain("Choose what was done"),
        "option_groups": options,
    }
    blocks: list[Block] = [{"type": "actions", "elements": [chooser]}]
    return modal("more", "What was done?", case, blocks, fills_in=False)


def with_names(view: Any, names: Mapping[str, str]) -> Any:
    """A view whose texts say names for Slack's ids; what it carries back stays."""
    if isinstance(view, list):
        return [with_names(x, names) for x in view]
    if not isinstance(view, dict):
        return view
    if view.get("type") in NAMES_STAND_IN:
        safe = {x: escaped(y) for x, y in names.items()} if view["type"] == "mrkdwn" else names
        return {**view, "text": named(view["text"], safe)}
    return {x: with_names(y, names) if x != "private_metadata" else y for x, y in view.items()}


def told_off(sentence: str) -> View:
    """A modal that only says something."""
    return {
        "type": "modal",
        "title": plain("putright"),
        "close": plain("Close"),
        "blocks": [section(escaped(in_slack(sentence)))],
    }


def details(
    case: Case,
    message: Message | None,
    dates: Sequence[str],
    offers: Iterable[str],
    further: Sequence[Message] = (),
) -> View:
    """One case, opened from a list: where it stands, its dates, the resident's words, and what can be done."""
    definition = case.at_stage(max(case.stage, 1)).definition
    about = f"{case.area.words}, {case.handler or 'unassigned'}"
    blocks = [
        section(f"*{escaped(case.label.words.capitalize())}*, {escaped(about)}"),
        *sections([escaped(x) for x in dates]),
        section("*What the resident wrote*"),
        *quoted(message),
        *later(further),
    ]
    if definition.points:
        who = f"confirmed by {definition.by}" if definition.by else "a draft: nobody has confirmed it"
        lines = [f"*Definition* ({escaped(who)})", *(f"• {escaped(x)}" for x in definition.points)]
        lines += [f"• seeks: {escaped(x)}" for x in definition.outcomes]
        blocks += sections(lines)
    blocks += offered(case.reference, offers)
    return modal("details", case.reference, case, blocks, fills_in=False)


def modal(name: str, title: str, case: Case, blocks: list[Block], *, fills_in: bool = True) -> View:
    return {
        "type": "modal",
        "callback_id": name,
        "title": plain(title),
        "close": plain("Close"),
        "private_metadata": str(Seen(case.reference, case.version)),
        "blocks": [section(f"*{case.reference}*"), *_flagged(case), *blocks],
        **({"submit": plain("Save")} if fills_in else {}),
    }


def _flagged(case: Case) -> list[Block]:
    """What is to be kept in mind, in every modal of the case: a hazard, and what is known of the resident."""
    kept, hazard = flagged(case), "" if case.closed else hazard_words(case)
    said = (f"*{escaped(hazard)}*" if hazard else "", f"*Flagged:* {escaped(kept)}" if kept else "")
    return [section(x) for x in said if x]


def later(messages: Sequence[Message]) -> list[Block]:
    """What was said after the first message, or what that was changed to; the newest of many."""
    blocks: list[Block] = []
    for message in messages[-LATER_SHOWN:]:
        blocks += [section(f"*Said on {moment_words(message.received_at)}*"), *quoted(message)]
    left = len(messages) - LATER_SHOWN
    return [section(f"_{left} more between are in the case._"), *blocks] if left > 0 else blocks


def why_blocks(reading: Reading | None, message: Message | None) -> list[Block]:
    """What decided: the reading, its sentences with their weight, the rules with their paragraphs."""
    if reading is None or message is None:
        return [section("Nobody could read this message by machine. Please read the original.")]
    lines = [
        f"*{escaped(reading.label.words.capitalize())}*, {reading.decision.value}. {escaped(reading.why)}"
    ]
    lines += [escaped(x) for x in reading.reasons]
    weighed = sorted(reading.evidence, key=lambda x: -abs(x.weight))[:SENTENCES_SHOWN]
    for one in sorted(weighed, key=lambda x: x.start):
        words = " ".join(message.body[one.start : one.end].split())
        lines.append(f"{one.weight:+.1f}  “{escaped(words)}” ({escaped(one.why)})")
    for rule in reading.rules:
        words = " ".join(message.body[rule.start : rule.end].split())
        lines.append(f"rule {escaped(rule.id)} (Code {escaped(rule.paragraph)}): “{escaped(words)}”")
    return sections(lines)


def quoted(message: Message | None) -> list[Block]:
    """What the resident wrote, as far as a block holds it."""
    body = message.body.strip() if message else ""
    return [{"type": "section", "text": plain(_short(body or "(no text)"))}]


def _short(text: str) -> str:
    more = " … more in the case"
    return text if len(text) <= INPUT_LIMIT else text[: INPUT_LIMIT - len(more)].rsplit(" ", 1)[0] + more
