"""Writes into README.md what Slack is sent, as text: python -m tests.gallery (a test checks it)."""

import re
import tempfile
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from putright.bot.program import MODELS
from putright.bot.slack_blocks import OFFERS, starts, unescaped
from putright.cases import acts
from putright.cases.record import record
from putright.cases.records.hazard import HAZARD
from putright.classifier.reader import load
from putright.triage.posts import ANSWERS
from putright.triage.remind import queue_digest
from putright.triage.remind_each import queue_each
from tests.bot.clicks import REFERENCE, confirmed_note, modal
from tests.bot.office import Office, office, ts
from tests.harrowmere import LANDLORD, do, on
from tests.slack_fake.bolt import no_proxies
from tests.slack_fake.example import small_workspace
from tests.slack_fake.server import SlackFake
from tests.slack_fake.workspace import Json, View

README = Path(__file__).parents[1] / "README.md"
TITLES = {
    "sure": "A note it is sure of, in its thread",
    "unsure": "A note it is not sure of: logged all the same, the complaint clocks running, and a person is asked",
    "alarm": "A possible emergency, told to leads at once",
    "why": "**Why?**, for the clicker alone",
    "list": "A list, for the asker alone",
    "help": "What it can answer",
    "log": "`/case log`",
    "details": "A case, by **Open**",
    "change": "**Change**",
    "define": "**Define**, with a draft from the resident's own sentences",
    "acknowledge": "**Acknowledge**",
    "extend": "**Extend**",
    "assign": "**Assign**",
    "respond": "**Answer sent**",
    "escalate": "**To stage 2**",
    "more": "**More…**: everything else that can be done with the case, as a menu",
    "hazard-step": "One of them, by `/case hazard-step HC-2026-0001`",
    "close": "Another, by `/case close HC-2026-0001`, and what it says where the Code forbids it",
    "confine": "**Confine**, for leads",
    "log_complaint": "**Log as complaint**, in any message's menu",
    "home": "The Home tab",
    "review": "The Home tab of a lead, to review",
    "one": "**Review one by one**",
    "drawn": "**The week's draw**, and how many complaints it has shown missed",
    "mine": "A handler's morning, in direct messages",
    "digest": "The digest of a working morning, in its channel",
    "team": "A team's, in its channel or below that",
    "week": "The leads' week",
}
"""Each surface in the order of the README, and what it is called there; the first two stand open."""
OPEN = ("sure", "unsure")
SURE = (
    "Mrs Kaya rang. The boiler has been off since Friday, nobody came on Tuesday as promised and this is the third "
    "time. She wants to make a formal complaint about how she has been treated and wants it repaired this week."
)
UNSURE = "Mr Obi at flat 9 says the lift keeps stopping."
EMERGENCY = "Mr Ade at 14 Ash Court smells gas in the hallway and feels sick."
LATE = "Mrs Hay rang again: nobody came to mend the lift all week, she wants to make a formal complaint."
STAFFED = replace(LANDLORD, people={"U1": "Kim Lau", "U2": "Priya Shah"}, teams={"North": ("Kim Lau",)})
ROLES = {"handlers": ("U1",), "leads": ("U2",)}
WIDTH = 110


def filled(page: str, drawn: Mapping[str, str]) -> str:
    """The page with its marked block written anew: a surface a fold, whose title alone is seen until it is opened."""
    folds = [
        f"<details{' open' if name in OPEN else ''}><summary>{_html(title)}</summary>\n\n```\n{drawn[name]}\n```\n"
        "</details>\n"
        for name, title in TITLES.items()
    ]
    new = "\n".join(["<!-- slack -->", *folds, "<!-- /slack -->"])
    page = re.sub(r"<!-- slack -->\n.*?<!-- /slack -->", lambda _: new, page, flags=re.DOTALL)
    named = f"<!-- buttons -->\n{_every_button()}\n<!-- /buttons -->"
    return re.sub(r"<!-- buttons -->\n.*?<!-- /buttons -->", lambda _: named, page, flags=re.DOTALL)


def _every_button() -> str:
    """The words of every button on a case, on a suggestion and in the review."""
    begin = [x["text"]["text"] for x in starts()["elements"]]
    rows = {
        "The buttons of a case, as far as they make sense on it": OFFERS.values(),
        "of what is only suggested": [x.format(into="HC-…") for x in ANSWERS.values()],
        "of the review, for leads": [*begin, "Skip"],
    }
    said = "; ".join(f"{what}: {', '.join(f'**{x}**' for x in words)}" for what, words in rows.items())
    return textwrap.fill(f"{said}.", 125)


def _html(title: str) -> str:
    """A title's bold and code as a summary wants them."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", re.sub(r"\*\*([^*]+)\*\*", r"<b>\1</b>", title))


def surfaces() -> dict[str, str]:
    """Each surface by its name, drawn from what the app really sent to the fake of Slack."""
    with (
        no_proxies(),
        tempfile.TemporaryDirectory() as folder,
        small_workspace() as slack,
        office(slack, Path(folder), reader=load(MODELS), slack_more=ROLES, landlord=STAFFED) as live,
    ):
        return dict(_drawn(slack, live))


def _drawn(slack: SlackFake, live: Office) -> Iterator[tuple[str, str]]:
    post = confirmed_note(slack, live, SURE)
    yield "sure", _message(slack, post)
    unsure = live.heard(UNSURE, 60)
    live.work()
    yield "unsure", _message(slack, str(slack.wait_for_post("C1", thread_ts=unsure).answer["ts"]))
    for name in ("why", "change", "define"):
        yield name, _view(modal(slack, name, post))
    yield "list", _answer(slack, live, "open cases", 1)
    yield "help", _answer(slack, live, "help", 2)
    yield "details", _view(modal(slack, "open", _asked(slack, f"status of {REFERENCE}", 3)))
    slack.open_home("U1")
    yield "home", _view(_tab(slack, "U1", "unassigned"))
    slack.open_home("U2")
    to_review = _tab(slack, "U2", "review")
    yield "review", _view(to_review)
    slack.click("review:start", user="U2", view=to_review)
    one = slack.wait_for_modal("U2", "review")
    yield "one", _view(one)
    slack.close_view(one)
    said = slack.say("C1", "U1", "Flat 3 rang: still no heating.", ts=ts(120))
    slack.wait_for_ack(said)
    slack.workspace.channels["C2"].has_bot = True
    passed_on = slack.say("C2", "U2", "Flat 3 rang: still no heating.", ts=ts(180))
    slack.shortcut("log_complaint", user="U1", channel="C2", ts=passed_on)
    yield "log_complaint", _view(slack.wait_for_modal("U1", "log_complaint"))
    yield "acknowledge", _of_details(slack, "acknowledge", 4)
    yield "assign", _of_details(slack, "assign", 5)
    do(live.db, REFERENCE, acts.define, points=["the boiler"], outcomes=["a repair"])
    do(live.db, REFERENCE, acts.acknowledge)
    yield "extend", _of_details(slack, "extend", 6)
    yield "respond", _of_details(slack, "respond", 7)
    do(live.db, REFERENCE, acts.respond, outcome="upheld", reasons=["nobody came"], impact="cold")
    yield "escalate", _of_details(slack, "escalate", 8)
    yield from _of_the_menu(slack, live)
    live.now = on("2026-11-25")
    live.heard(EMERGENCY, 2 * 86400)
    live.heard("Flat 12 asks for a new kitchen tap washer please.", 2 * 86400 + 60)
    live.work()
    yield "alarm", _posted(slack, "HC-2026-0004: possible")
    slack.command("/case", "log " + LATE, user="U1", channel="C1")
    slack.wait(lambda: live.received() == 6, "the note")
    live.work()
    yield "log", f"/case log {LATE}\n\n" + _text(slack.wait_for_response(9).body["blocks"])
    for reference in ("HC-2026-0002", "HC-2026-0006"):
        do(live.db, reference, acts.assign, handler="Kim Lau", at=live.now)
    slack.click("review:drawn", user="U2", view=slack.workspace.homes["U2"])
    draw = slack.wait_for_modal("U2", "review")
    before = draw.revision
    slack.click("review:label:service_request", user="U2", view=draw)
    slack.wait(lambda: draw.revision > before, "the next of the draw")
    yield "drawn", _view(draw)
    for day in ("2026-11-30", "2026-12-01"):
        live.now = on(day)
        queue_digest(live.db, STAFFED, live.now)
        queue_each(live.db, STAFFED, live.now)
        live.say()
    yield "mine", _posted(slack, "Your deadlines")
    yield "digest", _posted(slack, "Deadlines")
    yield "team", _posted(slack, "North")
    yield "week", _posted(slack, "The week")


def _posted(slack: SlackFake, begins: str) -> str:
    """The newest post that begins so."""
    return _text(
        next(x for x in reversed(slack.posts) if str(x.args["text"]).startswith(begins)).args["blocks"]
    )


def _of_the_menu(slack: SlackFake, live: Office) -> Iterator[tuple[str, str]]:
    """What `More…` and the commands open."""
    yield "more", _ordered(slack, "more")
    given = {"kind": "significant", "of": "damp-mould", "aware": on("2026-11-23"), "reason": "a baby"}
    do(live.db, REFERENCE, lambda case, by: record(HAZARD, case, by, given))
    yield "hazard-step", _ordered(slack, "hazard-step")
    shown = _ordered(slack, "close")
    refused = slack.wait_for_ack(slack.submit(slack.wait_for_modal("U1", "close"), {"reason": "Done."}))
    assert refused.payload
    yield "close", f"{shown}\n\n! {refused.payload['errors']['reason']}"
    yield "confine", _ordered(slack, "confine", "U2")


def _ordered(slack: SlackFake, verb: str, user: str = "U1") -> str:
    slack.command("/case", f"{verb} {REFERENCE}", user=user, channel="C1")
    return _view(slack.wait_for_modal(user, verb))


def _tab(slack: SlackFake, user: str, name: str) -> View:
    """A tab of the Home that somebody opened just now."""
    slack.click(f"home:{name}", user=user, view=slack.wait_for_home(user))
    return slack.wait_for_home(user, 2)


def _of_details(slack: SlackFake, name: str, count: int) -> str:
    view = modal(slack, "open", _asked(slack, f"status of {REFERENCE}", count))
    slack.click(f"case:{name}", user="U1", view=view)
    return _view(slack.wait_for_modal("U1", name))


def _asked(slack: SlackFake, question: str, count: int) -> str:
    slack.command("/case", question, user="U1", channel="C1")
    return str(slack.wait_for_response(count).ts)


def _answer(slack: SlackFake, live: Office, question: str, count: int) -> str:
    shown = slack.workspace.ephemerals[_asked(slack, question, count)]
    return f"/case {question}\n\n" + _text(shown["blocks"])


def _message(slack: SlackFake, at: str) -> str:
    return _text(slack.workspace.channels["C1"].messages[at]["blocks"])


def _view(view: View) -> str:
    shown = view.payload
    ends = [shown[x]["text"] for x in ("submit", "close") if x in shown]
    title = [shown["title"]["text"].upper(), ""] if "title" in shown else []
    return "\n".join([*title, _text(shown["blocks"]), *(["", _buttons(ends)] if ends else [])])


def _text(blocks: Iterable[Json]) -> str:
    shown = "\n".join(line for block in blocks for line in _lines(block)).strip().split("\n")
    return "\n".join(
        textwrap.fill(x, WIDTH, subsequent_indent="    ") if len(x) > WIDTH else x for x in shown
    )


def _lines(block: Json) -> Iterator[str]:
    match block["type"]:
        case "divider":
            yield "-" * 40
        case "actions" if "option_groups" in block["elements"][0]:
            yield f"[ {block['elements'][0]['placeholder']['text']} ]"
            for group in block["elements"][0]["option_groups"]:
                yield group["label"]["text"]
                yield from (f"  {x['text']['text']}: {x['description']['text']}" for x in group["options"])
        case "actions":
            yield _buttons(x["text"]["text"] if "text" in x else _chosen(x) for x in block["elements"])
        case "context":
            yield from (_plain(x["text"]) for x in block["elements"])
        case "input":
            optional = " (optional)" if block.get("optional") else ""
            yield f"{block['label']['text']}{optional}: {_chosen(block['element'])}"
            if "hint" in block:
                yield f"    {block['hint']['text']}"
        case _:
            if "text" in block:
                yield _plain(block["text"]["text"])
            yield from (_plain(x["text"]) for x in block.get("fields", ()))
            if "accessory" in block:
                yield _buttons([block["accessory"]["text"]["text"]])


def _chosen(element: Json) -> str:
    """What an input shows before anybody touched it, and what may be chosen."""
    options: list[Any] = element.get("options") or []
    if options:
        first = element.get("initial_option")
        return " ".join(f"({'x' if x == first else ' '}) {x['text']['text']}" for x in options)
    words = str(element.get("initial_value") or element.get("initial_date") or "")
    return f"[{words or element.get('placeholder', {}).get('text', '')}]"


def _plain(text: str) -> str:
    return unescaped(re.sub(r"(?m)(?<![\w*])\*([^*\n]+)\*(?!\w)", r"\1", text))


def _buttons(words: Iterable[str]) -> str:
    return "  ".join(f"[ {x} ]" for x in words)


if __name__ == "__main__":
    drawn = surfaces()
    README.write_text(filled(README.read_text(encoding="utf-8"), drawn), encoding="utf-8")
