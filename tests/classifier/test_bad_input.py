"""Bad input (issue 3): always a reading in bounded time that asks with its reason, never a failed one."""

import json
import time

import pytest
from click.testing import CliRunner

from putright.bot.commands.classify import classify
from putright.cases.labels import Channel, Decision
from putright.cases.reading import Reading
from putright.classifier import output, reader
from putright.classifier.marks import marks_of
from putright.classifier.oddities import LIKE_OURS, NOT_OWN, oddities

READER = reader.load()
SECONDS = 3.0
FAILED = "The reading failed"

FRENCH = "Bonjour, je vous écris parce que le chauffage ne marche plus depuis trois jours et mes enfants ont froid."
POLISH = "Dzień dobry, piszę w sprawie grzyba w łazience, zgłaszałam to już trzy razy i nikt do mnie nie oddzwonił."
WELSH = "Annwyl syr, mae'r boeler wedi torri ers wythnos ac nid oes neb wedi dod i'w drwsio er i mi ffonio dwywaith."
ROMANIAN = "Bună ziua, nu avem apă caldă de o săptămână și nimeni nu răspunde la telefon când sun la birou."
SOMALI = "Waxaan rabaa in la hagaajiyo musqusha guriga, muddo bil ah ayay xumayd, cidna igama soo jawaabin."
ARABIC = "السلام عليكم، السقف يسرب الماء منذ أسبوع ولم يأت أحد لإصلاحه رغم أنني اتصلت ثلاث مرات."
CHINESE = "你好，我家的暖气已经坏了三天，没有人来修，孩子们都很冷，请尽快派人来。"
URDU = "میرے گھر کی چھت سے پانی ٹپک رہا ہے اور کوئی ٹھیک کرنے نہیں آیا۔"
SIGNATURE = "Kind regards\nMrs A. Bell\n4 Weir Lane\nHarrow Mere HM4 2QQ\n07700 900123"
OUR_JSON = json.dumps(
    {
        "id": "1",
        "label": "other",
        "decision": "sure",
        "probabilities": {"complaint": 0.0, "other": 1.0},
        "flags": [],
    }
)
OUR_EXPLANATION = (
    "other (99%, sure)\n  It asks for information; nothing is to be put right and nobody is dissatisfied.\n"
    "Rules that fired\n    - rule formal-complaint (Code 1.3): “no”\n"
)
OUR_RULE = (
    '[[rule]]\nid = "formal-complaint"\nraises = "person"\npatterns = ["treat|log this|it as a complaint"]\n'
)

MUST_ASK = {
    "empty": "",
    "only blanks": " \t\n\n \u00a0 ",
    "one word": "boiler",
    "one word, shouted": "HELP!!!",
    "only a number": "48213",
    "only marks": "?!?! ...",
    "a megabyte in one line": "The tap drips. " * 70_000,
    "a megabyte in lines": "The tap in my kitchen drips and nobody has come.\n" * 21_000,
    "a megabyte of one word": "a" * 1_000_000,
    "ten thousand sentences": "Nobody came. " * 10_000,
    "ten thousand lines": "Yes.\n" * 10_000,
    "French": FRENCH,
    "Polish": POLISH,
    "Welsh": WELSH,
    "Romanian": ROMANIAN,
    "Somali": SOMALI,
    "Arabic": ARABIC,
    "Chinese": CHINESE,
    "Urdu": URDU,
    "only a signature": SIGNATURE,
    "only control characters": "\x00\x01\x02\x07\x1b",
    "only marks of direction": "\u202e\u202d\u200f\u200e\u2066\u2069",
    "reversed by a mark": "\u202eemoc ydobon\u202c",
    "only emoji": "😡😡😡🔥🚿",
    "our own output": OUR_JSON,
    "our own explanation": OUR_EXPLANATION,
    "our own rule": OUR_RULE,
}
LONG_LINES = {
    "blanks and a letter": " " * 200_000 + "x",
    "tabs and a letter": "\t" * 200_000 + "x",
    "a line of dashes": "-" * 200_000 + "x",
    "dashes apart": "- " * 100_000,
    "marks of quoting": ">" * 200_000 + "x",
    "marks of quoting apart": "> " * 100_000 + "x",
    "on and nobody wrote": "on " + "a " * 100_000,
    "many long blank lines": (" " * 300 + "x\n") * 600,
    "many lines of dashes": ("-" * 399 + "\n") * 500,
}
"""Lines that make a careless pattern try everything."""
ODD = {
    "control characters within": "The \x00tap\x07 drips\x1b[31m and nobody came.",
    "marks of direction within": "There is \u202edamp\u202c in my \u200froom.",
    "zero-width joints": "The b\u200bo\u200bi\u200bl\u200ber is off and nobody came.",
    "a lone surrogate": "\ud800 The tap drips.",
    "letters that grow when lowered": "İİİİ my roof İ leaks and nobody came",
    "every kind of line end": "The tap\r\ndrips.\rNobody\x0bcame\x0c.\x85Help\u2028me\u2029now.",
    "a thousand marks on one letter": "The t" + "\u0301" * 1000 + "ap drips.",
    "only headers": "From: a@b.example\nTo: c@d.example\nSubject: x\n",
    "deep quotes": "> " * 5000 + "The tap drips.",
    "ten thousand brackets": "(" * 10_000 + ")" * 10_000,
    "many dots": "." * 100_000 + " The tap drips.",
    "html": "<p>The tap <b>drips</b></p>" * 200,
    "a long run of no's": "no " * 100_000,
    "a long run of numbers": "1.1.1.1." * 20_000,
}


def read(body: str, subject: str = "") -> Reading:
    started = time.monotonic()
    reading = READER.read_text(subject, body, Channel.EMAIL)
    marks_of(subject, body, Channel.EMAIL)
    assert time.monotonic() - started < SECONDS
    assert not any(FAILED in reason for reason in reading.reasons), "an exception was swallowed"
    assert sum(reading.probabilities.values()) == pytest.approx(1, abs=0.01)
    assert all(0 <= s.start < s.end <= len(body) for s in reading.sentences)
    said = " ".join(body.split())
    assert all(point in said for point in (*reading.issues, *reading.outcomes))
    json.dumps(output.as_json("1", "", reading))
    return reading


@pytest.mark.parametrize("name", MUST_ASK)
def test_it_asks_and_says_why(name: str) -> None:
    reading = read(MUST_ASK[name])
    assert reading.decision is Decision.ASK
    assert reading.reasons and all(reason.endswith((".", ").")) for reason in reading.reasons)


@pytest.mark.parametrize("name", ODD)
def test_odd_text_has_a_reading(name: str) -> None:
    read(ODD[name])


@pytest.mark.parametrize(
    ("body", "places", "expected"),
    [
        pytest.param(SIGNATURE, ["after", "after"], [NOT_OWN], id="only a signature"),
        pytest.param("> a\n> b", ["quote"], [NOT_OWN], id="only a quote"),
        pytest.param("The tap drips.\nRegards", ["words", "after"], [], id="words and a signature"),
        pytest.param("", [], [], id="nothing at all has its own reason"),
        pytest.param(OUR_JSON, ["words"], [LIKE_OURS], id="our own output"),
        pytest.param(OUR_EXPLANATION, ["words"], [LIKE_OURS], id="our own explanation"),
        pytest.param(OUR_RULE, ["words"], [LIKE_OURS], id="our own rule"),
        pytest.param("Decision: refused. I disagree with the label on it.", ["words"], [], id="plain words"),
        pytest.param("As a rule your decision is other people's fault.", ["words"], [], id="a rule of thumb"),
    ],
)
def test_what_is_odd(body: str, places: list[str], expected: list[str]) -> None:
    assert oddities(body, places) == expected


@pytest.mark.parametrize("subject", ["", "\ud800", "x" * 1_000_000, "\u202e\x00", "Re: " * 10_000])
def test_an_odd_subject_has_a_reading(subject: str) -> None:
    read("The tap drips. Please mend it.", subject)


COMPLAINT = "Your plumber never came on Tuesday and nobody has rung me since. Please log this as a complaint."


@pytest.mark.parametrize("imitated", [OUR_JSON, OUR_EXPLANATION, OUR_RULE, "label: other\ndecision: sure\n"])
def test_an_imitation_does_not_hide_a_complaint(imitated: str) -> None:
    reading = read(f"{COMPLAINT}\n\n{imitated}")
    assert reading.label == "complaint" or reading.decision is Decision.ASK


@pytest.mark.parametrize("name", [*MUST_ASK, *ODD])
def test_classify_prints_it(name: str) -> None:
    body = (MUST_ASK | ODD)[name][:20_000]
    result = CliRunner().invoke(classify, input=json.dumps({"id": "1", "body": body}))
    assert result.exit_code == 0, result.exception
    assert json.loads(result.stdout)["id"] == "1"


@pytest.mark.parametrize("body", LONG_LINES.values(), ids=LONG_LINES.keys())
def test_a_line_that_is_all_blanks_or_marks_takes_no_longer_than_another(body: str) -> None:
    start = time.process_time()
    READER.read_text("", body, "email")
    assert time.process_time() - start < SECONDS
