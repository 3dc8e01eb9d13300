"""Which words are whose: disclaimers, quotes in HTML, covering lines, and the guard against cutting too much."""

import pytest

from putright.mailbox import disclaimers, hop_text, text
from putright.mailbox.parse import parse
from tests.mailbox.twins import ARRIVED, STAFF

HEAD = (
    "From: Jane <jane@example.org>\nDate: Mon, 2 Nov 2026 09:14:00 +0000\nSubject:"
    " Re: x\nContent-Type: text/{}; charset=utf-8\n\n"
)


def words(body: str, kind: str = "plain") -> str:
    return hop_text.words(parse((HEAD.format(kind) + body).encode(), ARRIVED, STAFF))


@pytest.mark.parametrize(
    ("body", "own"),
    [
        pytest.param(
            "The heating is off again.\n\nThis email and any files transmitted"
            " with it are confidential.\nIf in doubt delete it.\n",
            "The heating is off again.",
            id="a disclaimer below",
        ),
        pytest.param(
            "CAUTION: This email originated from outside the organisation."
            " Do not\nclick links.\nThe heating is off again.\n",
            "The heating is off again.",
            id="a banner right above the words",
        ),
        pytest.param(
            "The heating is off again.\n\nOn Tue, 3 Nov 2026 at 10:05,"
            " Sam <sam@harrowmere.example> wrote:\n> Booked.\n",
            "The heating is off again.",
            id="a quoted answer",
        ),
        pytest.param(
            "No.\n\nOn Tue, 3 Nov 2026 at 10:05, Sam <sam@harrowmere.example> wrote:\n> Is it mended?\n",
            "No.\n\nOn Tue, 3 Nov 2026 at 10:05, Sam <sam@harrowmere.example> wrote:\n> Is it mended?",
            id="with nearly nothing left the whole counts",
        ),
        pytest.param(
            "Das Licht ist wieder kaputt.\n\nAm 03.11.2026 um 10:05 schrieb Sam <sam@harrowmere.example>:\n> Ok.\n",
            "Das Licht ist wieder kaputt.",
            id="a German quote",
        ),
        pytest.param(
            "I want this confidential. This email is confidential, I told you.\n\nMore words about the roof here.\n",
            "I want this confidential. This email is confidential, I told you.\n\nMore words about the roof here.",
            id="words that speak of confidence",
        ),
    ],
)
def test_the_residents_own_words(body: str, own: str) -> None:
    assert words(body) == own


def test_html_quotes_are_marked_as_in_plain_text() -> None:
    html = (
        '<div>Still cold.</div><div>On Tue Sam wrote:<br><blockquote type="cite"><p>Is'
        " it</p><blockquote type=cite>deep</blockquote></blockquote></div><p>No.</p>"
    )
    assert text.from_html(html).split("\n")[0] == "Still cold."
    assert text.from_html(html).split("\n")[-1] == "No."
    assert "> Is it" in text.from_html(html)
    assert ">> deep" in text.from_html(html)


def test_a_quote_in_html_is_no_word_of_the_resident() -> None:
    html = (
        "<p>The heating is still off in both rooms.</p><blockquote"
        " class=gmail_quote><p>We came on Monday.</p></blockquote>"
    )
    assert words(html, "html") == "The heating is still off in both rooms."


def test_html_with_very_many_tags_keeps_its_text() -> None:
    html = "<table>" + "<tr><td>cell</td></tr>" * 20_000 + "</table><p>The end.</p>"
    assert text.from_html(html).endswith("The end.")


def test_the_covering_line_of_staff_is_kept_apart() -> None:
    raw = (
        "From: Sam <sam@harrowmere.example>\nSubject: FW: Leak\n\nShe is difficult, careful.\n\n"
        "From: Jane <jane@example.org>\nSent: 2 November 2026 09:14\nTo:"
        " Sam\nSubject: Leak\n\nIt leaks on my bed at night.\n"
    )
    message = parse(raw.encode(), ARRIVED, STAFF)
    assert hop_text.words(message) == "It leaks on my bed at night."
    assert [span.kind for span in message.spans] == ["covering", "headers", "words"]


def test_a_disclaimer_in_the_middle_is_left_alone() -> None:
    texts = ["Hello", "", "one", "", "This email is confidential, they said", "", *["more", ""] * 12]
    assert disclaimers.lines(texts) == set()
