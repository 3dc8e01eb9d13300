"""A web form's mail from the settings to the case: who filled it in, what happened, and what is sought."""

from pathlib import Path

import pytest

from putright.bot.settings.checks import SettingsProblem
from putright.bot.settings.load import load
from putright.cases.labels import Channel
from tests.cli import in_json, putright
from tests.mailbox.test_web_form import COLONS, JANE, SENDER, TABLE, mail

NOW = ("--at", "2026-11-23T10:00")
FORM = f'[[web_form]]\nsender = "{SENDER}"\n[web_form.fields]\n"Your tale" = "what_happened"\n'


def sent(raw: bytes) -> str:
    Path("forms").mkdir(exist_ok=True)
    Path("forms/a.eml").write_bytes(raw)
    return "forms"


@pytest.mark.parametrize("toml", [FORM, f'[senders]\n"{SENDER}" = "webform"\n'], ids=["web_form", "senders"])
@pytest.mark.parametrize("raw", [mail(COLONS), mail(html=TABLE)], ids=["lines", "table"])
def test_a_form_becomes_a_case_of_its_resident_with_the_outcome_they_named(toml: str, raw: bytes) -> None:
    Path("putright.toml").write_text(toml)
    putright("ingest", sent(raw), *NOW)
    case = in_json("case", "show", "HC-2026-0001")
    (message,) = case["messages"]
    assert message["channel"] == Channel.WEBFORM
    assert message["resident"] == {"name": JANE.name, "address": JANE.address}
    assert case["definition"]["outcomes"][0] == "Mend it, and say sorry."
    assert message["body"].startswith("The lift broke on Monday.") and "07700" not in message["body"]
    shown = putright("case", "show", "HC-2026-0001").output
    assert "07700 900123" in shown and "Flat 3; 12 Ashdown House; HA1 2BC" in shown and "Phone" in shown
    assert "  seeks: Mend it, and say sorry." in shown


def test_parse_shows_the_fields_and_stores_nothing() -> None:
    Path("putright.toml").write_text(FORM)
    (shown,) = [in_json("parse", sent(mail("Name: Jane\nYour tale: It broke.\n")))]
    assert shown["channel"] == "webform" and shown["body"] == "It broke."
    assert shown["fields"] == [
        {"label": "Name", "value": "Jane", "kind": "name"},
        {"label": "Your tale", "value": "It broke.", "kind": "what_happened"},
    ]
    assert not Path("test.db").exists()


def test_a_parked_form_is_read_as_a_form_when_it_is_real() -> None:
    Path("putright.toml").write_text(FORM)
    putright(
        "ingest",
        sent(
            mail("Your tale: It broke.\nName: Jane\n").replace(b"From: ", b"X-Failed-Recipients: x\nFrom: ")
        ),
        *NOW,
    )
    assert len(in_json("parked")) == 1
    putright("parked", "real", "1", "--as", "Priya", *NOW)
    (message,) = in_json("case", "show", "HC-2026-0001")["messages"]
    assert message["body"] == "It broke."


WRONG = [
    ("no address", "[[web_form]]\n", "A \\[\\[web_form\\]\\] needs the address its mails come from"),
    (
        "one bracket",
        '[web_form]\nsender = "a@b.example"\n',
        "written \\[\\[web_form\\]\\], with two brackets",
    ),
    (
        "an unknown kind",
        FORM.replace("what_happened", "story"),
        "'Your tale' is 'story'; it may be one of name, ",
    ),
    (
        "fields that are a list",
        '[[web_form]]\nsender = "a@b.example"\nfields = []\n',
        "web_form.fields is a section",
    ),
    ("a slip", FORM.replace("sender", "sendr"), "There is no setting web_form.sendr. Did you mean sender"),
]


@pytest.mark.parametrize(("toml", "sentence"), [x[1:] for x in WRONG], ids=[x[0] for x in WRONG])
def test_a_wrong_form_is_named(toml: str, sentence: str) -> None:
    Path("putright.toml").write_text(toml)
    with pytest.raises(SettingsProblem, match=sentence):
        load(environment={})


def test_the_settings_give_each_form_its_labels() -> None:
    Path("putright.toml").write_text(FORM.replace(SENDER, SENDER.upper()))
    landlord = load(environment={}).landlord
    assert landlord.forms == {SENDER: {"Your tale": "what_happened"}}
    assert landlord.senders == {SENDER: Channel.WEBFORM}
