"""Names in the place of Slack's ids: the name of the settings, else the one that Slack shows.

The record keeps the id: a name that anybody can change in Slack never says who somebody is.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from sqlite_utils import Database

from putright.storage import slack_names
from putright.storage.cases import Row
from putright.triage.answer import Answer
from putright.triage.landlord import Landlord
from putright.triage.posts import Post

_ID = re.compile(r"(?<![\w-])@?([UW][A-Z0-9]+)\b")


def known(db: Database, landlord: Landlord) -> dict[str, str]:
    """The names there are by their ids."""
    return {**slack_names.every(db), **landlord.people}


def named(text: str, names: Mapping[str, str]) -> str:
    """The text with each id that has a name said by it."""
    return _ID.sub(lambda x: names.get(x[1], x[0]), text)


def in_post(post: Post, names: Mapping[str, str]) -> Post:
    return replace(post, title=named(post.title, names), lines=tuple(named(x, names) for x in post.lines))


def in_row(row: Row, names: Mapping[str, str]) -> Row:
    said_by = names.get(row.confirmed_by, row.confirmed_by)
    return replace(row, handler=names.get(row.handler, row.handler), confirmed_by=said_by)


def in_answer(answer: Answer, names: Mapping[str, str]) -> Answer:
    def each(lines: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(named(x, names) for x in lines)

    return replace(
        answer,
        sentence=named(answer.sentence, names),
        rows=tuple(in_row(x, names) for x in answer.rows),
        lines=each(answer.lines),
        private=each(answer.private),
    )
