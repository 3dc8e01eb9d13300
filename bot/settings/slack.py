"""The settings of Slack: its tokens, whose messages are taken in, and who may see and do what."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from putright.bot.settings.checks import Found, SettingsProblem, number, secret, text, texts, whole

SLACK_API = "https://slack.com/api/"


@dataclass(frozen=True, slots=True)
class Slack:
    """Where Slack is and what it may send us."""

    bot_token: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    api_url: str = "https://slack.com/api/"
    intake_channels: tuple[str, ...] = ()
    seconds_between_posts: float = 1.0
    allowed_bots: tuple[str, ...] = ()
    """Ids of other apps' bots whose messages in intake channels are taken in; all others are passed over."""
    handlers: tuple[str, ...] = ()
    """Ids of users and user groups who may see and act on cases; everybody of the workspace where nobody is named."""
    leads: tuple[str, ...] = ()
    governing_body: tuple[str, ...] = ()
    """Who may see numbers, lists and dates, and act on nothing."""
    questions_kept_days: int = 365

    @property
    def has_roles(self) -> bool:
        """Whether anybody is named; where nobody is, every member of the workspace is a handler."""
        return bool(self.handlers or self.leads or self.governing_body)

    @property
    def configured(self) -> bool:
        return bool(self.bot_token and self.app_token)


def read_slack(data: Mapping[str, Any], environment: Mapping[str, str], found: Found) -> Slack:
    """The section [slack] with the two tokens of the environment."""
    bot = found.take("", secret, "SLACK_BOT_TOKEN", environment)
    app = found.take("", secret, "SLACK_APP_TOKEN", environment)
    if bool(bot) != bool(app):
        missing = (
            "SLACK_APP_TOKEN (it begins with xapp-)" if bot else "SLACK_BOT_TOKEN (it begins with xoxb-)"
        )
        found.problems.append(f"Slack needs two tokens, and {missing} is not set.")
    for name, token, prefix in (("SLACK_BOT_TOKEN", bot, "xoxb-"), ("SLACK_APP_TOKEN", app, "xapp-")):
        if token and not token.startswith(prefix):
            found.problems.append(
                f"{name} does not look right: it begins with {prefix}. Copy it again from Slack."
            )
    return Slack(
        bot_token=bot,
        app_token=app,
        api_url=found.take(SLACK_API, _api_url, data.get("api_url", SLACK_API), "slack.api_url"),
        intake_channels=found.take((), channels, data.get("intake_channels", []), "slack.intake_channels"),
        seconds_between_posts=found.take(
            1.0, number, data.get("seconds_between_posts", 1.0), "slack.seconds_between_posts", 0, 60
        ),
        allowed_bots=found.take((), _bots, data.get("allowed_bots", []), "slack.allowed_bots"),
        handlers=found.take((), members, data.get("handlers", []), "slack.handlers"),
        leads=found.take((), members, data.get("leads", []), "slack.leads"),
        governing_body=found.take((), members, data.get("governing_body", []), "slack.governing_body"),
        questions_kept_days=found.take(
            365, whole, data.get("questions_kept_days", 365), "slack.questions_kept_days", 30, 3650
        ),
    )


def members(value: Any, name: str) -> tuple[str, ...]:
    """Ids of Slack users (U… or W…) and user groups (S…)."""
    of_members = 'members such as "U0123ABCD" (in Slack: the profile, "Copy member ID")'
    return _ids(value, name, "UWS", f'{of_members} or of user groups such as "S0123ABCD"')


def _bots(value: Any, name: str) -> tuple[str, ...]:
    """Ids of bots (B…), which are not those of their users (U…)."""
    return _ids(value, name, "B", 'bots such as "B0123ABCD" (the field bot_id of their messages)')


def _ids(value: Any, name: str, letters: str, whose: str) -> tuple[str, ...]:
    """Slack's own ids, each of which begins with one of the letters."""
    ids = texts(value, name)
    for one in ids:
        if not re.fullmatch(rf"[{letters}][A-Z0-9]+", one):
            raise SettingsProblem(f'The setting {name} holds ids of {whose}, not "{one}".')
    return ids


def channels(value: Any, name: str) -> tuple[str, ...]:
    """Slack's own ids: events carry them, so a channel's name would never be heard."""
    return tuple(channel(one, name) for one in texts(value, name))


def channel(value: Any, name: str) -> str:
    """One channel's id, or nothing."""
    given = text(value, name)
    if given and not re.fullmatch(r"[CG][A-Z0-9]+", given):
        raise SettingsProblem(
            f'The setting {name} holds channel ids such as "C0123ABCD" (in Slack: the channel\'s details, at the '
            f'bottom), not "{given}".'
        )
    return given


def _api_url(value: Any, name: str) -> str:
    url = text(value, name)
    if not re.match(r"https://|http://(127\.0\.0\.1|localhost)[:/]", url):
        raise SettingsProblem(f"The setting {name} begins with https:// (http only for this very machine).")
    return url if url.endswith("/") else url + "/"
