"""The settings of the landlord: what differs between two landlords who run the same program."""

import contextlib
import re
from collections.abc import Mapping
from datetime import date, time
from pathlib import Path
from typing import Any

from putright.bot.settings.checks import Found, SettingsProblem, filled, text, texts, truth, whole
from putright.bot.settings.senders import read_senders, read_surveys, read_web_forms
from putright.bot.settings.slack import channel, channels, members
from putright.cases.labels import Channel
from putright.cases.limits import LOOSEST_TARGET, Clock, newest_first
from putright.cases.working_days import england
from putright.triage.landlord import Landlord

_DOMAIN = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W_](?:[\w-]{0,61}[^\W_])")


def read_landlord(data: Mapping[str, Any], slack: Mapping[str, Any], found: Found) -> Landlord:
    """The landlord of the whole file `data`; `slack` is its section of that name, for the channels and the leads."""
    about = found.table(data.get("landlord", {}), "landlord")
    reminders = found.table(data.get("reminders", {}), "reminders")
    letters = found.table(data.get("letters", {}), "letters")
    calendar = found.table(data.get("calendar", {}), "calendar")
    none: dict[date, str] = {}
    days = found.take(none, _holidays, calendar.get("extra_holidays", []))
    listened: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    with contextlib.suppress(SettingsProblem):  # told where Slack's own settings are read
        leads = members(slack.get("leads", []), "slack.leads")
    with contextlib.suppress(SettingsProblem):
        listened = channels(slack.get("intake_channels", []), "slack.intake_channels")
    first = next(iter(listened), "")
    mail_channel = found.take(first, channel, slack.get("mail_channel", first), "slack.mail_channel")
    domains = about.get("staff_domains", [])
    forms = read_web_forms(data.get("web_form", []), found)
    surveys = read_surveys(data.get("survey", []), found)
    senders = read_senders(data.get("senders", {}), found)
    return Landlord(
        calendar=england().with_extra(days),
        name=found.take("", text, about.get("name", ""), "landlord.name"),
        staff_domains=found.take(frozenset(), _domains, domains, "landlord.staff_domains"),
        senders={
            **dict.fromkeys(forms, Channel.WEBFORM),
            **dict.fromkeys((x for x in surveys if x), Channel.SURVEY),
            **senders,
        },
        surveys=surveys,
        policy=found.take("", text, about.get("policy", ""), "landlord.policy"),
        contact=found.take("", text, about.get("contact", ""), "landlord.contact"),
        reply_to=found.take("", _reply_to, about.get("reply_to", ""), "landlord.reply_to"),
        templates=found.take("", _folder, letters.get("templates", ""), "letters.templates"),
        forms=forms,
        attachment_bytes=1024
        * 1024
        * found.take(
            25,
            whole,
            found.table(data.get("attachments", {}), "attachments").get("largest_mb", 25),
            "attachments.largest_mb",
            0,
            40,
        ),
        targets=found.take({}, _targets, found.table(data.get("targets", {}), "targets")),
        teams=found.take({}, _teams, data.get("teams", {})),
        team_channels=found.take({}, _team_channels, slack.get("team_channels", {}), data.get("teams", {})),
        people=found.take({}, _people, data.get("people", {})),
        mail_channel=mail_channel,
        digest_channel=found.take(
            mail_channel, channel, slack.get("digest_channel", mail_channel), "slack.digest_channel"
        ),
        leads_channel=found.take("", channel, slack.get("leads_channel", ""), "slack.leads_channel"),
        leads=tuple(x for x in leads if not x.startswith("S")),
        digest_at=found.take(time(8, 30), _hour, reminders.get("at", "08:30"), "reminders.at"),
        days_before=found.take((3, 1), _steps, reminders.get("days_before", [3, 1]), "reminders.days_before"),
        weekly=found.take(True, truth, reminders.get("weekly", True), "reminders.weekly"),
        update_days=found.take(7, whole, reminders.get("update_days", 7), "reminders.update_days", 1, 60),
    )


def _steps(value: Any, name: str) -> tuple[int, ...]:
    """Working days before a due date."""
    if not isinstance(value, list):
        raise SettingsProblem(f"The setting {name} is a list of working days, such as [3, 1].")
    return tuple(whole(x, name, 1, 20) for x in value)


def _reply_to(value: Any, name: str) -> str:
    address = text(value, name)
    if address and not re.fullmatch(r"[^@\s]+@[^@\s]+", address):
        raise SettingsProblem(f'The setting {name} is a mail address, not "{address}".')
    return address


def _folder(value: Any, name: str) -> str:
    folder = text(value, name)
    if folder and not Path(folder).is_dir():
        raise SettingsProblem(f'The setting {name} names a folder, and there is none called "{folder}".')
    return folder


def _hour(value: Any, name: str) -> time:
    at = text(value, name)
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", at):
        raise SettingsProblem(f'The setting {name} is a time such as "08:30", not {at!r}.')
    return time.fromisoformat(at)


def _holidays(extra: Any) -> dict[date, str]:
    days = {}
    for day in extra if isinstance(extra, list) else [extra]:
        try:
            # TOML knows dates, so both 2027-05-10 and "2027-05-10" are taken
            days[date.fromisoformat(str(day))] = "announced by the landlord's settings"
        except ValueError as error:
            raise SettingsProblem(
                f'The setting calendar.extra_holidays is a list of dates such as ["2027-05-10"], not {day!r}.'
            ) from error
    return days


def _domains(value: Any, name: str) -> frozenset[str]:
    """Mail domains as they stand behind an @, in lower case; the @ may stand in front."""
    good, wrong = set(), []
    for given in texts(value, name):
        domain = given.lower().removeprefix("@")
        if _DOMAIN.fullmatch(domain):
            good.add(domain)
        else:
            wrong.append(
                f'The setting {name} holds mail domains such as "harrowmere.example", what stands behind the @ '
                f"of staff's addresses, not {given!r}."
            )
    if wrong:
        raise SettingsProblem(*wrong)
    return frozenset(good)


def _teams(data: Any) -> dict[str, tuple[str, ...]]:
    """Teams and who is in each; names alone in a list are taken too."""
    if isinstance(data, list):
        return {filled(name, "teams"): () for name in data}
    if not isinstance(data, dict):
        raise SettingsProblem(
            'The setting teams is a section, written [teams], such as North = ["Priya Shah"].'
        )
    return {name: texts(members, f"teams.{name}") for name, members in data.items()}


def _team_channels(data: Any, teams: Any) -> dict[str, str]:
    if not isinstance(data, dict):
        raise SettingsProblem(
            'The setting slack.team_channels is a table, such as { North = "C0123ABCD" }, by the names of [teams].'
        )
    unknown = [name for name in data if name not in teams]
    if unknown:
        raise SettingsProblem(
            f'The setting slack.team_channels names "{unknown[0]}", and [teams] has no such team.'
        )
    return {name: channel(one, f"slack.team_channels.{name}") for name, one in data.items()}


def _people(data: Any) -> dict[str, str]:
    if not isinstance(data, dict):
        raise SettingsProblem(
            'The setting people is a section, written [people], such as U0123ABCD = "Priya Shah".'
        )
    for user in data:
        if not re.fullmatch(r"[UW][A-Z0-9]+", user):
            raise SettingsProblem(
                f'The section [people] holds ids of Slack members such as U0123ABCD (in Slack: the profile, "Copy '
                f'member ID") and their names, not "{user}".'
            )
    return {user: filled(name, f"people.{user}") for user, name in data.items()}


def _targets(data: Mapping[str, Any]) -> dict[Clock, int]:
    """A landlord's own limits in working days; stricter than the Code's, never looser."""
    targets = {}
    for key, value in data.items():
        clock = Clock(key)
        loosest = next((limit.days for limit in newest_first(clock)), LOOSEST_TARGET)
        targets[clock] = whole(value, f"targets.{key}", 1, loosest)
    return targets
