"""Labels, separators, subjects, dates and `On … wrote:` lines in the languages of the table: a sentence a row."""

from datetime import UTC, datetime

import pytest
from dateparser.date import DateDataParser

from putright.mailbox import attributions, forwards, labels, one_line, subjects
from putright.mailbox.addresses import person
from putright.mailbox.dates import written_date
from putright.mailbox.labels import Field
from putright.mailbox.languages import LANGUAGES, Language

MORNING = datetime(2026, 11, 2, 9, 14, tzinfo=UTC)

WROTE = """\
On Nov 2, 2026, at 9:14 AM, John Doe <john@example.com> wrote:
On Mon, 2 Nov 2026 at 09:14 +0000, John Doe <john@example.com> wrote:
Am 02.11.26, 09:14 schrieb "John Doe" <john@example.com>:
Am Mo., 2. Nov. 2026 um 09:14 Uhr schrieb John Doe <john@example.com>:
Le 02/11/2026 09:14, « John Doe » <john@example.com> a écrit :
El lun, 2 nov 2026 a las 9:14, John Doe (<john@example.com>) escribió:
Il giorno lun 2 nov 2026 alle ore 09:14 John Doe <john@example.com> ha scritto:
Em seg., 2 de nov. de 2026 às 09:14, John Doe <john@example.com> escreveu:
Op 02-11-2026 09:14 heeft John Doe <john@example.com> geschreven:
Op ma 2 nov 2026 om 09:14 schreef John Doe <john@example.com>:
W dniu 02.11.2026 o 09:14, użytkownik „John Doe” <john@example.com> napisał:
po 2. 11. 2026 v 9:14 odesílatel John Doe <john@example.com> napsal:
Dňa 2.11.2026 9:14 používateľ „John Doe“ <john@example.com> napísal:
John Doe <john@example.com> ezt írta (időpont: 2026. nov. 2., H, 9:14):
În lun., 2 nov. 2026 la 09:14, John Doe <john@example.com> a scris:
Den mån 2 nov. 2026 kl 09:14 skrev John Doe <john@example.com>:
ma 2. marrask. 2026 klo 9.14 John Doe (john@example.com) kirjoitti:
пн, 2 нояб. 2026 г. в 09:14, John Doe <john@example.com>:
пн, 2 лист. 2026 р. о 09:14 John Doe <john@example.com> пише:
John Doe <john@example.com>, 2 Kas 2026 Pzt, 09:14 tarihinde şunu yazdı:
Στις Δευ 2 Νοε 2026 στις 9:14 π.μ., ο χρήστης John Doe <john@example.com> έγραψε:
2026年11月2日(月) 9:14 John Doe <john@example.com>:
John Doe <john@example.com> 于2026年11月2日周一 09:14写道：
2026년 11월 2일 (월) 오전 9:14, John Doe <john@example.com>님이 작성:
"""

DATES = """\
de|Montag, 2. November 2026 um 09:14 Uhr
de|02.11.2026 10:14 MEZ
fr|lun. 2 nov. 2026 à 09 h 14
es|lun., 2 nov. 2026 9:14 a. m.
pt|segunda, 2/11/2026 à(s) 09:14
cs|2. listopadu 2026 v 10:14:00 SEČ
hu|2026. nov. 2., H, 9:14
da|2. november 2026 kl. 09.14
fi|ma 2. marrask. 2026 klo 9.14
lv|pirmd., 2026. g. 2. nov., plkst. 09:14
lt|2026 m. lapkričio 2 d., pirmadienis 09:14
ja|2026年11月2日月曜日 9:14
ja|2026年11月2日 午前9:14
zh|2026年11月2日 (週一) 上午9:14
ko|2026년 11월 2일 (월) 오전 9:14
he|יום ב׳, 2 בנוב׳ 2026 ב-9:14
ar|الإثنين, ٢ نوفمبر ٢٠٢٦ ٩:١٤ ص
vi|Th 2, 2 thg 11, 2026 vào lúc 09:14
"""


@pytest.mark.parametrize("line", WROTE.splitlines())
def test_on_wrote_line(line: str) -> None:
    found = attributions.at([labels.bare(line)], 0)
    assert found
    who = person(found.sender)
    assert (who.name, who.address) == ("John Doe", "john@example.com")
    assert written_date(found.date, None, found.languages)[0] == MORNING


@pytest.mark.parametrize("row", DATES.splitlines())
def test_date_in_its_language(row: str) -> None:
    code, _, written = row.partition("|")
    assert written_date(written, None, (code,))[0] == MORNING


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
@pytest.mark.parametrize(
    "written",
    [
        "Mon, 2 Nov 2026 09:14:00 +0000",
        "Mon, 2 Nov 2026 10:14:00 +0100 (CET)",
        "2 Nov 2026 09:14:00 GMT",
        "Monday, 2 November 2026 09:14",
        "Monday, November 2, 2026 9:14 AM",
        "2 November 2026 at 09:14:00 GMT",
    ],
)
def test_date_in_english_below_labels_in_any_language(written: str, language: Language) -> None:
    assert written_date(written, None, (language.code,))[0] == MORNING


def test_a_foreign_date_is_read_with_the_day_first() -> None:
    assert written_date("11/2/2026 09:14", None, ("fr",))[0] == datetime(2026, 2, 11, 9, 14, tzinfo=UTC)


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_row_of_the_table(language: object) -> None:
    code = getattr(language, "code")  # noqa: B009 (parametrized by value)
    DateDataParser(languages=[code])
    for field in Field:
        for word in filter(None, getattr(language, field.value).split("|")):
            found = labels.label(f"{word.capitalize()}: x")
            assert found and found.value == "x", word
            assert found.field is field, f"{word} means two things"
            assert code in found.languages
    for column in ("separators", "forward", "reply", "wrote"):
        words = getattr(language, column)
        assert words == words.lower()
    for words in language.separators.split("|"):  # type: ignore[attr-defined]
        assert forwards.worded_separator(f"---------- {words.capitalize()} ----------")
        assert not forwards.worded_separator(f"{words.capitalize()} again")


@pytest.mark.parametrize(
    ("subject", "languages", "forward", "reply"),
    [
        ("WG: x", (), True, False),
        ("TR : x", (), True, False),
        ("RV: x", (), True, False),
        ("I: x", (), True, False),
        ("ENC: x", (), True, False),
        ("Doorst: x", (), True, False),
        ("PD: x", (), True, False),
        ("VB: x", (), True, False),
        ("İLT: x", (), True, False),
        ("转发：x", (), True, False),
        ("x (fwd)", (), True, False),
        ("[Fwd: x]", (), True, False),
        ("Fwd[2]: x", (), True, False),
        ("VS: x", (), True, False),
        ("VS: x", ("fi",), True, True),
        ("VS: x", ("da", "nb"), True, False),
        ("AW: x", (), False, True),
        ("Odp: x", (), False, True),
        ("YNT: x", (), False, True),
        ("回复: x", (), False, True),
        ("Update: x", (), False, False),
        ("10: x", (), False, False),
    ],
)
def test_prefix(subject: str, languages: tuple[str, ...], forward: bool, reply: bool) -> None:
    assert (subjects.is_forward(subject), subjects.is_reply(subject, languages)) == (forward, reply)


@pytest.mark.parametrize(
    ("subject", "left"),
    [
        ("FW: WG: Re: x", "Re: x"),
        ("[Fwd: x]", "x"),
        ("x (fwd)", "x"),
        ("[EXTERNAL] FW: x", "x"),
        ("x: y", "x: y"),
        ("", ""),
    ],
)
def test_without_forward(subject: str, left: str) -> None:
    assert subjects.without_forward(subject) == left


@pytest.mark.parametrize(
    ("line", "subject", "lines"),
    [
        pytest.param(
            "----- Forwarded Message ----- From: Jo <jo@example.org>To: b@example.org"
            "Sent: 2 November 2026 at 09:14:05 GMTSubject: x",
            "",
            5,
            id="Yahoo's block",
        ),
        pytest.param(
            "-------- Original message --------From: Jo <jo@example.org> Date:"
            " 02/11/2026 To: b@example.org Subject: No heat It is cold.",
            "Fwd: No heat",
            7,
            id="the text runs on behind a subject that is known",
        ),
        pytest.param(
            "> ----- Mail transféré ----- De : Jo <jo@example.org>À"
            " : b@example.orgEnvoyé : lundi 2 novembre 2026Objet : x",
            "",
            5,
            id="a quoted French one",
        ),
        pytest.param("From: jo@example.org I learnt this: one, two: three", "", 1, id="a sentence"),
        pytest.param("Note: jo@example.org, To: you, Subject: x, From: me", "", 1, id="labels in a sentence"),
    ],
)
def test_block_on_one_line(line: str, subject: str, lines: int) -> None:
    broken = one_line.broken(line, subject)
    assert broken.count("\n") + 1 == lines
    if lines > 1:
        assert forwards.blocks(broken.split("\n"), subject)[0].end >= 4
