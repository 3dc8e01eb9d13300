"""The settings of who sends on behalf of residents: web forms, surveys, and addresses with their channel."""

from collections.abc import Mapping
from typing import Any

from putright.bot.settings.checks import ADDRESS, Found, SettingsProblem, address, entries
from putright.cases.labels import Channel
from putright.mailbox.survey_columns import Kind as Column
from putright.mailbox.web_form_labels import Kind


def read_web_forms(given: Any, found: Found) -> dict[str, dict[str, str]]:
    """What the labels of each web form stand for, by the address its mails come from."""
    nothing: list[Any] = []
    return dict(
        form
        for entry in found.take(nothing, entries, given, "web_form")
        if (form := found.take(None, _web_form, found.table(entry, "web_form"))) is not None
    )


def read_surveys(given: Any, found: Found) -> dict[str, dict[str, str]]:
    """What the columns of survey exports hold, by the address that mails them; under `""` those of all."""
    nothing: list[Any] = []
    no_survey: tuple[str, dict[str, str]] = ("", {})
    surveys: dict[str, dict[str, str]] = {"": {}}
    for entry in found.take(nothing, entries, given, "survey"):
        sender, columns = found.take(no_survey, _survey, found.table(entry, "survey"))
        surveys[""].update(columns)
        if sender:
            surveys[sender] = columns
    return surveys


def read_senders(given: Any, found: Found) -> dict[str, Channel]:
    """The channel of each address that sends on behalf of residents."""
    nobody: dict[str, Channel] = {}
    return found.take(nobody, _senders, given)


def _web_form(data: Mapping[str, Any]) -> tuple[str, dict[str, str]] | None:
    """The address of a web form and what its labels stand for."""
    if "sender" not in data:
        raise SettingsProblem(
            'A [[web_form]] needs the address its mails come from, such as sender = "forms@harrowmere.example".'
        )
    return address(data["sender"], "web_form.sender"), _named(
        data, "web_form", "fields", Kind, "what_happened"
    )


def _survey(data: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    """The address that mails a survey's exports (empty: none does) and what its columns hold."""
    sender = address(data["sender"], "survey.sender") if "sender" in data else ""
    return sender, _named(data, "survey", "columns", Column, "comment")


def _named(
    data: Mapping[str, Any], section: str, key: str, kinds: type[Kind] | type[Column], such_as: str
) -> dict[str, str]:
    """Headings as somebody else's program shows them, and what stands under each."""
    named = data.get(key, {})
    if not isinstance(named, dict):
        raise SettingsProblem(
            f'The setting {section}.{key} is a section, such as {key} = {{ "Your story" = "{such_as}" }}.'
        )
    known = [kind.value for kind in kinds]
    for heading, kind in named.items():
        if kind not in known:
            raise SettingsProblem(
                f"The setting {section}.{key} says that {heading!r} is {kind!r}; it may be one of {', '.join(known)}."
            )
    return dict(named)


def _senders(data: Any) -> dict[str, Channel]:
    if not isinstance(data, dict):
        raise SettingsProblem("The setting senders is a section, written [senders].")
    known = ", ".join(x.value for x in Channel)
    found = {}
    for sender, channel in data.items():
        if not ADDRESS.fullmatch(sender):
            raise SettingsProblem(
                f'The section [senders] holds mail addresses and their channels, such as "forms@harrowmere.example" = '
                f'"webform"; {sender!r} is no address.'
            )
        try:
            found[sender.lower()] = Channel(channel)
        except ValueError as error:
            raise SettingsProblem(f'A channel in [senders] is one of {known}, not "{channel}".') from error
    return found
