"""Who has which role: from the lists of the settings, whose user groups Slack alone can read."""

from collections.abc import Callable

import click

from putright.bot.settings.load import Settings
from putright.bot.settings.slack import Slack
from putright.cases.errors import Refused
from putright.cases.typed import same_person
from putright.triage.eyes import ALL, Eyes, Role
from putright.triage.landlord import Landlord

InGroup = Callable[[str], bool]
"""Whether somebody is in a user group, by its id; raises where that cannot be read."""

as_eyes_option = click.option(
    "--as",
    "actor",
    default=None,
    metavar="NAME",
    help="Only what this person may see (a name or a Slack id).",
)


def role_of(slack: Slack, ids: tuple[str, ...], in_group: InGroup) -> Role | None:
    """The highest role of somebody by their ids; None for nobody's. Where no role is set, everybody is a handler."""
    if not slack.has_roles:
        return Role.HANDLER
    for role, members in (
        (Role.LEAD, slack.leads),
        (Role.HANDLER, slack.handlers),
        (Role.GOVERNING_BODY, slack.governing_body),
    ):
        if any(x in members for x in ids) or any(in_group(x) for x in members if x.startswith("S")):
            return role
    return None


def eyes_of(settings: Settings, who: str | None) -> Eyes:
    """The eyes of somebody by name or Slack id; of the person at the machine where nobody is named.

    Raises Refused for somebody without a role, and where only Slack knows whether they have one.
    """
    if who is None:
        return ALL
    names = names_of(settings.landlord, who)

    def in_group(group: str) -> bool:
        raise Refused(
            f"Whether {who} may see cases stands in the user group {group}, which only Slack can read: ask there, or "
            "name people by their own ids in slack.leads, slack.handlers and slack.governing_body."
        )

    role = role_of(settings.slack, names, in_group)
    if role is None:
        raise Refused(f"{who} has no role, so they see no case: add them to slack.handlers or slack.leads.")
    return Eyes(role, names)


def eyes_of_actor(settings: Settings, who: str) -> Eyes:
    """The eyes of somebody who acts, by name or Slack id. Who has no role here, or one that only Slack knows, sees as a
    handler does: of the confined cases their own, and those that name them.
    """
    names = names_of(settings.landlord, who)
    return Eyes(role_of(settings.slack, names, lambda _: False) or Role.HANDLER, names)


def names_of(landlord: Landlord, who: str) -> tuple[str, ...]:
    """What somebody is known by: as given, by their Slack ids, by the names of those."""
    ids = [user for user, name in landlord.people.items() if user == who or same_person(name, who)]
    return tuple(dict.fromkeys((who, *ids, *(landlord.people[x] for x in ids))))
