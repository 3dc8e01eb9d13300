"""Slack blocks from values: pure functions, and the one place where text is made safe for Slack."""

import re
from collections.abc import Iterable
from typing import Any

from putright.bot.slack_words import beside_buttons, in_slack
from putright.cases.labels import Label
from putright.cases.working_days import in_words
from putright.storage.cases import Row
from putright.triage.answer import Answer
from putright.triage.posts import ACTS, OFFER, OWN, Post, answer_words

SECTION_LIMIT = 3000
"""Characters of a section's text (Slack's limit); text past it is cut at a line, and says so."""
BLOCKS_LIMIT = 50
BESIDE_LIMIT = 20
"""Lines of a post that have a button of their own: each takes two blocks of the 50 at most."""
ASKS, DRAWN = "asks", "drawn"
"""What is reviewed: readings that ask, or the week's draw."""
ROWS_SHOWN = 30
TEXT_LIMIT = 4000

Block = dict[str, Any]


def escaped(text: str) -> str:
    """`&`, `<` and `>` as Slack wants them, so that nothing in it can ping a channel or pose as a link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescaped(text: str) -> str:
    """The words a person typed, from the text Slack delivers: links, addresses and `<!here>` become plain words."""
    plain = re.sub(r"<([^<>]+)>", _typed, text)
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _typed(found: re.Match[str]) -> str:
    target, _, shown = found[1].partition("|")
    if target.startswith("!"):
        return shown or f"@{target[1:]}"
    if target[0] in "#@":
        return f"{target[0]}{shown}" if shown else target
    return shown or re.sub(r"^(?:mailto|tel):", "", target)


OFFERS = {
    "open": "Open",
    "right": "Right",
    "change": "Change",
    "why": "Why?",
    "take": "I'll take this",
    "define": "Define",
    "acknowledge": "Acknowledge",
    "extend": "Extend",
    "assign": "Assign",
    "respond": "Answer sent",
    "escalate": "To stage 2",
    "done": "Action done",
    "snooze": "Remind me tomorrow",
    "confine": "Confine",
    "unconfine": "Let everybody see it",
    "more": "More…",
    **{f"label:{label.value}": label.words.capitalize() for label in Label},
}
"""The words on each button that acts on a case. Words stand on every button: never colour or a picture alone."""


def post_blocks(post: Post) -> list[Block]:
    """A post: its first line in bold, the rest below, cut into as many sections as Slack allows, then its buttons."""
    lines = _with_buttons(post) if post.beside else sections([escaped(line) for line in _lines(post)])
    review = [starts()] if post.review else []
    acts = "open" not in post.offers and any(not x.startswith(OFFER) for x in post.offers)
    row = offered(post.case, (*post.offers, *(["more"] if acts else [])))
    return [section(f"*{escaped(post.title)}*"), *lines, *row, *review]


def _with_buttons(post: Post) -> list[Block]:
    """The lines of a post, each that has a button in a section of its own."""
    beside = {place: (name, reference) for place, name, reference in post.beside[:BESIDE_LIMIT]}
    blocks: list[Block] = []
    plain: list[str] = []
    for place, words in enumerate(post.lines):
        line = escaped(in_slack(words))
        if place not in beside:
            plain.append(line)
            continue
        name, reference = beside[place]
        pressed = button(f"case:{name}", OFFERS[name], reference)
        blocks += [*sections(plain), {**section(line), "accessory": pressed}]
        plain = []
    return [*blocks, *sections(plain)]


def starts() -> Block:
    """The buttons that begin a review."""
    return {
        "type": "actions",
        "elements": [
            button("review:start", "Review one by one", ASKS),
            button("review:drawn", "The week's draw", DRAWN),
        ],
    }


def offered(reference: str, offers: Iterable[str]) -> list[Block]:
    """A row of buttons that act on a case, or nothing where nothing is offered."""
    buttons = [button(f"case:{name}", _words(name), reference) for name in offers]
    return [{"type": "actions", "elements": buttons}] if buttons else []


def _words(name: str) -> str:
    if name.startswith(f"{OFFER}:"):
        return answer_words(name)
    return OFFERS.get(name) or name.replace("-", " ").capitalize()


def button(action: str, words: str, value: str) -> Block:
    """A button; `value` comes back with the click."""
    text = {"type": "plain_text", "text": words, "emoji": False}
    return {"type": "button", "action_id": action, "text": text, "value": value}


def post_text(post: Post) -> str:
    """The same as plain text, for notifications and screen readers."""
    return _cut(escaped("\n".join((post.title, *_lines(post)))), TEXT_LIMIT)


def _lines(post: Post) -> list[str]:
    answered = any(x.startswith(OFFER) for x in post.offers)
    return [x for x in map(beside_buttons if answered else in_slack, post.lines) if x]


def answer_blocks(answer: Answer, about: str | None = None, *, opens: bool = True) -> list[Block]:
    """An answer: the sentence, then a line a case, a page of them at a time; a button `opens` the case it is about."""
    about = answer.rows[0].reference if len(answer.rows) == 1 else answer.about or about
    lines = [*_page(answer), *(f"• {escaped(in_slack(x))}" for x in (*answer.lines, *answer.private))]
    button_below = offered(about, ("open",)) if about and opens else []
    return [section(f"*{escaped(in_slack(answer.sentence))}*"), *sections(lines), *button_below]


def answer_text(answer: Answer) -> str:
    """The same as plain text, for notifications and screen readers: without what was written on a case."""
    lines = (answer.sentence, *answer.lines)
    first, *rest = (escaped(in_slack(x)) for x in lines)
    return _cut("\n".join((first, *_page(answer), *rest)), TEXT_LIMIT)


def _page(answer: Answer) -> list[str]:
    pages = max(1, -(-len(answer.rows) // ROWS_SHOWN))
    page = min(answer.page, pages)
    lines = [row_line(row) for row in answer.rows[(page - 1) * ROWS_SHOWN : page * ROWS_SHOWN]]
    if pages > 1:
        following = f'; ask the same with "page {page + 1}" for more' if page < pages else ""
        lines.append(f"Page {page} of {pages}{following}.")
    return lines


def row_line(row: Row) -> str:
    """`HC-2026-0003  complaint, acknowledge by Mon 23 Nov 2026, repairs, unassigned`."""
    due = f"{ACTS[row.next_clock.value]} {in_words(row.next_due)}" if row.next_clock and row.next_due else ""
    due += f" ({OWN})" if due and not row.next_paragraph else ""
    what = f"{row.label.words}{' (unconfirmed)' if row.unconfirmed else ''}"
    parts = [what, due, row.area.words, row.handler or "unassigned"]
    return escaped(f"{row.reference}  {', '.join(part for part in parts if part)}")


def sections(lines: list[str]) -> list[Block]:
    """Lines as few sections as Slack's limit allows."""
    blocks: list[Block] = []
    held = ""
    for line in lines:
        line = _cut(line, SECTION_LIMIT)
        if held and len(held) + 1 + len(line) > SECTION_LIMIT:
            blocks.append(section(held))
            held = ""
        held = f"{held}\n{line}" if held else line
    if held:
        blocks.append(section(held))
    return blocks[: BLOCKS_LIMIT - 1]


def section(text: str) -> Block:
    """One section; its text is made safe by the caller and cut where Slack would refuse it."""
    return {
        "type": "section",
        "text": {"type": "mrkdwn", "text": _cut(text, SECTION_LIMIT) or " ", "verbatim": True},
    }


def _cut(text: str, limit: int) -> str:
    more = " … more in the case"
    return text if len(text) <= limit else text[: limit - len(more)].rsplit(" ", 1)[0] + more
