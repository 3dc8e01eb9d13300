"""Payloads that Slack takes at their limit and refuses one past it."""

from collections.abc import Callable

from tests.slack_fake.samples import (
    Sent,
    actions,
    asked,
    button,
    carrying,
    chosen,
    confirm,
    many,
    menu,
    modal,
    mrkdwn,
    opened,
    option,
    plain,
    posted,
    published,
    section,
)

BLOCKS, VIEW = "invalid_blocks", "invalid_arguments"

# What is limited, the most Slack takes, a payload with n of it, and Slack's code for one more.
LIMITS: list[tuple[str, int, Callable[[int], Sent], str]] = [
    ("blocks of a message", 50, lambda n: posted(*[section()] * n), BLOCKS),
    ("blocks of a modal", 100, lambda n: opened(modal(*[section()] * n)), VIEW),
    ("blocks of a Home", 100, lambda n: published({"type": "home", "blocks": [section()] * n}), VIEW),
    ("characters of a section", 3000, lambda n: posted(section("x" * n)), BLOCKS),
    ("fields of a section", 10, lambda n: posted(section(fields=[mrkdwn("x")] * n)), BLOCKS),
    ("characters of a field", 2000, lambda n: posted(section(fields=[mrkdwn("x" * n)])), BLOCKS),
    ("characters of a header", 150, lambda n: posted({"type": "header", "text": plain("x" * n)}), BLOCKS),
    ("elements of an actions block", 25, lambda n: posted(actions(*many(n))), BLOCKS),
    (
        "elements of a context",
        10,
        lambda n: posted({"type": "context", "elements": [plain("x")] * n}),
        BLOCKS,
    ),
    (
        "characters of a context's text",
        2000,
        lambda n: posted({"type": "context", "elements": [mrkdwn("x" * n)]}),
        BLOCKS,
    ),
    ("characters on a button", 75, lambda n: posted(actions(button("x" * n))), BLOCKS),
    ("characters of a button's value", 2000, lambda n: posted(actions(button(value="x" * n))), BLOCKS),
    ("characters of a button's url", 3000, lambda n: posted(actions(button(url="x" * n))), BLOCKS),
    (
        "characters of a button's label",
        75,
        lambda n: posted(actions(button(accessibility_label="x" * n))),
        BLOCKS,
    ),
    ("characters of an action_id", 255, lambda n: posted(actions(button(action_id="x" * n))), BLOCKS),
    ("characters of a block_id", 255, lambda n: posted(section(block_id="x" * n)), BLOCKS),
    ("characters of a callback_id", 255, lambda n: opened(modal(callback_id="x" * n)), VIEW),
    ("options of a menu", 100, lambda n: posted(actions(menu(options=chosen(n)))), BLOCKS),
    (
        "groups of a menu",
        100,
        lambda n: posted(
            actions(
                {
                    "type": "static_select",
                    "action_id": "kind",
                    "option_groups": [{"label": plain("Repairs"), "options": [option()]}] * n,
                }
            )
        ),
        BLOCKS,
    ),
    ("options of radio buttons", 10, lambda n: posted(actions(menu("radio_buttons", chosen(n)))), BLOCKS),
    ("options of checkboxes", 10, lambda n: posted(actions(menu("checkboxes", chosen(n)))), BLOCKS),
    ("options of an overflow menu", 5, lambda n: posted(actions(menu("overflow", chosen(n)))), BLOCKS),
    ("characters of an option", 75, lambda n: posted(actions(menu(options=[option("x" * n)]))), BLOCKS),
    (
        "characters of an option's description",
        75,
        lambda n: posted(actions(menu(options=[option(description=plain("x" * n))]))),
        BLOCKS,
    ),
    (
        "characters of an option's value",
        75,
        lambda n: posted(actions(menu(options=[option(value="x" * n)]))),
        BLOCKS,
    ),
    (
        "characters of a radio button's mrkdwn option",
        75,
        lambda n: posted(actions(menu("radio_buttons", [{"text": mrkdwn("x" * n), "value": "v"}]))),
        BLOCKS,
    ),
    ("characters of a placeholder", 150, lambda n: posted(actions(menu(placeholder=plain("x" * n)))), BLOCKS),
    ("characters of an input's label", 2000, lambda n: opened(modal(asked(label=plain("x" * n)))), VIEW),
    ("characters of an input's hint", 2000, lambda n: opened(modal(asked(hint=plain("x" * n)))), VIEW),
    (
        "characters filled in beforehand",
        3000,
        lambda n: opened(modal(asked({"type": "plain_text_input", "initial_value": "x" * n}))),
        VIEW,
    ),
    (
        "characters of a confirmation's title",
        100,
        lambda n: posted(actions(button(confirm=confirm(title=plain("x" * n))))),
        BLOCKS,
    ),
    (
        "characters of a confirmation's text",
        300,
        lambda n: posted(actions(button(confirm=confirm(text=plain("x" * n))))),
        BLOCKS,
    ),
    (
        "characters of a confirmation's yes",
        30,
        lambda n: posted(actions(button(confirm=confirm(confirm=plain("x" * n))))),
        BLOCKS,
    ),
    (
        "characters of a confirmation's no",
        30,
        lambda n: posted(actions(button(confirm=confirm(deny=plain("x" * n))))),
        BLOCKS,
    ),
    ("characters of a modal's title", 24, lambda n: opened(modal(title=plain("x" * n))), VIEW),
    ("characters of a modal's submit", 24, lambda n: opened(modal(submit=plain("x" * n))), VIEW),
    ("characters of a modal's close", 24, lambda n: opened(modal(close=plain("x" * n))), VIEW),
    ("characters of private_metadata", 3000, lambda n: opened(modal(private_metadata="x" * n)), VIEW),
    ("characters of an external_id", 255, lambda n: opened(modal(external_id="x" * n)), VIEW),
    (
        "characters of a message",
        4000,
        lambda n: ("chat.postMessage", {"channel": "C1", "text": "x" * n}),
        "msg_too_long",
    ),
    ("bytes of metadata", 8000, carrying, "metadata_too_large"),
]
