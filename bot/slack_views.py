"""Slack's modals and the Home tab as values: pure functions from a case to a view.

A modal may show a resident's words (it stands behind an access check); its private_metadata holds the reference and
the version that was seen, nothing personal.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from putright.bot.slack_blocks import OFFERS, Block, button, escaped, offered, row_line, section, sections
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
from putright.storage.cases import Row
from putright.triage.flags import flagged

INPUT_LIMIT = 3000
"""Characters that a text field may be filled with beforehand."""
OPTIONS_LIMIT, OPTION_LIMIT = 100, 75
"""Options of a menu, and characters of one."""
SENTENCES_SHOWN = 12
ROWS_ON_HOME = 15
"""Cases on one page of the Home tab: with their buttons far below Slack's 100 blocks."""

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
    view = _modal(
        "change",
        "What is it?",
        case,
        [
            *why_blocks(reading, message),
            _input(
                "label",
                "This is",
                {
                    "type": "radio_buttons",
                    "options": [_option(x.words, x.value) for x in Label],
                    "initial_option": _option(chosen.words, chosen.value),
                },
            ),
            _input("reason", "Why (kept with the label)", _text(), optional=True),
        ],
    )
    return {**view, "private_metadata": str(Seen(case.reference, case.version, of_what))}


def why(case: Case, reading: Reading | None, message: Message | None) -> View:
    """Why it was read so: the sentences that decided, the rules and their paragraphs."""
    return _modal("why", "Why?", case, why_blocks(reading, message), fills_in=False)


def define(case: Case, message: Message | None, reading: Reading | None) -> View:
    """The complaint definition (5.6): a draft beside the resident's own words."""
    held = case.at_stage(case.stage).definition
    sought, hint = held.outcomes, NOT_SAID
    if not (sought or held.by) and message and reading and (may := may_be_sought(message.body, reading)):
        sought, hint = may, f"The reader was not sure that this is asked for: check it. {NOT_SAID}"
    return _modal(
        "define",
        "Complaint definition",
        case,
        [
            section("*What the resident wrote*"),
            *quoted(message),
            _input(
                "points",
                "What we understand, one point a line",
                _text(many=True, filled="\n".join(held.points)),
            ),
            _input(
                "outcomes",
                "What the resident seeks, one a line",
                _text(many=True, filled="\n".join(sought)),
                hint=hint,
            ),
        ],
    )


def acknowledge(case: Case, today: date) -> View:
    fields = [_day("day", "Sent on", today)]
    if not case.of(Kind.ASSESSED):
        options = [_option(x.capitalize(), x) for x in ("low", "medium", "high")]
        fields += [
            _input("complexity", "Complexity (Code 6.1)", {"type": "static_select", "options": options}),
            _input("vulnerability", "Vulnerability", _text(filled="none known")),
            _input("risk", "Risk", _text(filled="none known")),
        ]
    return _modal("acknowledge", "Acknowledgement sent", case, fields)


def extend(case: Case, shown: str) -> View:
    """`shown` says in words when the response is due now and how far it may be extended."""
    good = _option("There is a good reason for more than the Code's limit", "good_reason")
    return _modal(
        "extend",
        "Extend the response",
        case,
        [
            section(escaped(shown)),
            _input("days", "Working days more", _text()),
            _input("reason", "The reason, as told to the resident", _text(many=True)),
            _input(
                "good_reason", "Longer than usual?", {"type": "checkboxes", "options": [good]}, optional=True
            ),
        ],
    )


def done(case: Case, promised: Sequence[tuple[str, str]]) -> View:
    """What was promised and is done now; `promised` is the value and the words of each that is open."""
    options = [_option(_cut_option(words), value) for value, words in promised[:OPTIONS_LIMIT]]
    known = "A job number, a receipt, the resident's word."
    return _modal(
        "done",
        "Action done",
        case,
        [
            _input("promise", "What is done", {"type": "static_select", "options": options}),
            _input("evidence", "How it is known to be done (Code 7.3)", _text(many=True), hint=known),
        ],
    )


def _cut_option(words: str) -> str:
    return words if len(words) <= OPTION_LIMIT else words[: OPTION_LIMIT - 2].rsplit(" ", 1)[0] + " …"


def decline(case: Case, number: int, said: Sequence[Block]) -> View:
    """Why what a case puts before a person is left."""
    view = _modal("decline", "Leave it", case, [*said, _input("reason", "Why", _text(many=True))])
    return {**view, "private_metadata": str(Seen(case.reference, case.version, str(number)))}


def assign(case: Case, name: str) -> View:
    new = _option("This is somebody new", "new")
    fields = [
        _input("handler", "Name", _text(filled=name)),
        _input("new", "Not known yet?", {"type": "checkboxes", "options": [new]}, optional=True),
    ]
    return _modal("assign", "Who handles it?", case, fields)


def confine(case: Case, review: date) -> View:
    """Who may see it beside its handler and leads, why, and when that is looked at again."""
    who = _input("to", "Who may see it beside its handler and leads", _text(), optional=True)
    day = _input("day", "Reviewed on", {"type": "datepicker", "initial_date": review.isoformat()})
    why = _input("reason", "Why: about staff, a conflict, data protection", _text(many=True))
    return _modal("confine", "Who may see it", case, [who, why, day])


def unconfine(case: Case) -> View:
    return _modal("unconfine", "Let everybody see it", case, [_input("reason", "Why", _text(many=True))])


def respond(case: Case, today: date, offer: Offer | None = None) -> View:
    """What was decided. Staff's mail of an `offer` was sent on its own day, which is shown and not asked."""
    options = [_option(x.capitalize(), x) for x in OUTCOMES]
    fields = [
        _input("outcome", "The decision", {"type": "static_select", "options": options}),
        _input(
            "reasons",
            "The reason for each point, one a line",
            _text(many=True),
            hint='In the order of the definition; one may begin with its own decision, such as "not upheld: …".',
        ),
        _input(
            "impact",
            "How the fault affected the resident (Code 7.2)",
            _text(many=True),
            optional=True,
            hint="Needed where a point is upheld; what is on record already need not be said again.",
        ),
    ]
    if offer is None:
        return _modal("respond", "Response sent", case, [*fields, _day("day", "Sent on", today)])
    sent = f"By staff's mail{f' of {in_words(offer.day)}' if offer.day else ''}, which is kept with the case."
    view = _modal("respond", "Response sent", case, [section(sent), *fields])
    return {**view, "private_metadata": str(Seen(case.reference, case.version, str(offer.number)))}


def escalate(case: Case, today: date) -> View:
    return _modal(
        "escalate",
        "To stage 2",
        case,
        [
            _day("day", "Asked for on", today),
            _input("reason", "Reason, if they gave one (none is needed, Code 6.12)", _text(), optional=True),
        ],
    )


def log_complaint(text: str, place: str, note: str = "", *, files: bool = False) -> View:
    """Log a message as a complaint. `place` says which message it is (team, channel, ts, author, thread); one that
    brings files need have no words.
    """
    blocks = [
        _input("text", "What was said", _text(many=True, filled=text), optional=files),
        _input("resident", "The resident, if known", _text(), optional=True),
    ]
    if note:
        blocks.insert(0, section(escaped(note)))
    return {
        "type": "modal",
        "callback_id": "log_complaint",
        "title": _plain("Log as complaint"),
        "submit": _plain("Log it"),
        "close": _plain("Cancel"),
        "private_metadata": place,
        "blocks": blocks,
    }


def told_off(sentence: str) -> View:
    """A modal that only says something."""
    return {
        "type": "modal",
        "title": _plain("putright"),
        "close": _plain("Close"),
        "blocks": [section(escaped(in_slack(sentence)))],
    }


def details(case: Case, message: Message | None, dates: Sequence[str], offers: Iterable[str]) -> View:
    """One case, opened from a list: where it stands, its dates, the resident's words, and what can be done."""
    definition = case.at_stage(max(case.stage, 1)).definition
    about = f"{case.area.words}, {case.handler or 'unassigned'}"
    blocks = [
        section(f"*{escaped(case.label.words.capitalize())}*, {escaped(about)}"),
        *sections([escaped(x) for x in dates]),
        section("*What the resident wrote*"),
        *quoted(message),
    ]
    if definition.points:
        who = f"confirmed by {definition.by}" if definition.by else "a draft: nobody has confirmed it"
        lines = [f"*Definition* ({escaped(who)})", *(f"• {escaped(x)}" for x in definition.points)]
        lines += [f"• seeks: {escaped(x)}" for x in definition.outcomes]
        blocks += sections(lines)
    blocks += offered(case.reference, offers)
    return _modal("details", case.reference, case, blocks, fills_in=False)


def home(
    tab: str,
    tabs: Sequence[tuple[str, str]],
    heading: str,
    rows: Sequence[Row],
    page: int,
    number: int,
    footer: Sequence[str],
) -> View:
    """The Home tab: a row of tabs, a page of the `number` of cases with a button each, and what else needs a person."""
    blocks: list[Block] = [
        {
            "type": "actions",
            "elements": [
                {**button(f"home:{name}", words, name), **({"style": "primary"} if name == tab else {})}
                for name, words in tabs
            ],
        },
        {"type": "header", "text": _plain(heading[:150])},
    ]
    for row in rows:
        blocks.append(
            {**section(row_line(row)), "accessory": button("case:open", OFFERS["open"], row.reference)}
        )
    turn = []
    if page:
        turn.append(button("home:before", "Back", f"{tab}|{page - 1}"))
    if (page + 1) * ROWS_ON_HOME < number:
        turn.append(button("home:after", "More", f"{tab}|{page + 1}"))
    if turn:
        blocks.append({"type": "actions", "elements": turn})
    blocks.append({"type": "divider"})
    blocks += sections([escaped(x) for x in footer])
    return {"type": "home", "private_metadata": f"{tab}|{page}", "blocks": blocks}


def numbers(lines: Sequence[str]) -> View:
    """The Home tab of the governing body: how much there is, without a case."""
    header: Block = {"type": "header", "text": _plain("Complaints in numbers")}
    return {"type": "home", "blocks": [header, *sections([escaped(x) for x in lines])]}


def _modal(name: str, title: str, case: Case, blocks: list[Block], *, fills_in: bool = True) -> View:
    return {
        "type": "modal",
        "callback_id": name,
        "title": _plain(title),
        "close": _plain("Close"),
        "private_metadata": str(Seen(case.reference, case.version)),
        "blocks": [section(f"*{case.reference}*"), *_flagged(case), *blocks],
        **({"submit": _plain("Save")} if fills_in else {}),
    }


def _flagged(case: Case) -> list[Block]:
    """What is to be kept in mind of the resident, in every modal of the case."""
    kept = flagged(case)
    return [section(f"*Flagged:* {escaped(kept)}")] if kept else []


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
    return [{"type": "section", "text": _plain(_short(body or "(no text)"))}]


def _short(text: str) -> str:
    more = " … more in the case"
    return text if len(text) <= INPUT_LIMIT else text[: INPUT_LIMIT - len(more)].rsplit(" ", 1)[0] + more


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": False}


def _option(words: str, value: str) -> Block:
    return {"text": _plain(words[:75]), "value": value}


def _text(*, many: bool = False, filled: str = "") -> Block:
    element: Block = {"type": "plain_text_input", "multiline": many, "max_length": INPUT_LIMIT}
    return {**element, "initial_value": filled[:INPUT_LIMIT]} if filled else element


def _day(name: str, label: str, today: date) -> Block:
    return _input(
        name,
        label,
        {"type": "datepicker", "initial_date": today.isoformat()},
        hint=f"Today is {in_words(today)}.",
    )


def _input(name: str, label: str, element: Block, *, optional: bool = False, hint: str = "") -> Block:
    block: Block = {
        "type": "input",
        "block_id": name,
        "label": _plain(label),
        "element": {**element, "action_id": name},
        "optional": optional,
    }
    return {**block, "hint": _plain(hint)} if hint else block


def values_of(view: View) -> dict[str, Any]:
    """What was filled in, by block: text, an option's value, a list of values, a date; None where nothing was."""
    found: dict[str, Any] = {}
    for block, elements in view["state"]["values"].items():
        for given in elements.values():
            chosen = given.get("selected_option")
            if chosen:
                found[block] = chosen["value"]
            elif given.get("selected_options") is not None:
                found[block] = [x["value"] for x in given["selected_options"]]
            else:
                found[block] = given.get("selected_date") or given.get("value")
    return found
