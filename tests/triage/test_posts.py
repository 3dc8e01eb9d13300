"""What is said about the bundled inbox, read by the trained model, holds nothing of what residents wrote."""

import re
from dataclasses import replace
from pathlib import Path

from sqlite_utils import Database

from putright.classifier.reader import load
from putright.mailbox.files import Files
from putright.storage import cases, messages
from putright.storage.cases import Filter
from putright.triage.answer import answer
from putright.triage.remind import as_post, digest
from putright.triage.take_in import process_waiting, store_mail
from tests.harrowmere import LANDLORD, MONDAY

ROOT = Path(__file__).parents[2]
BUNDLED, MODELS = ROOT / "bot" / "demo" / "inbox", ROOT / "models"
SHINGLE = 4
"""So many words in a row that stand in a message and in a post are taken for a quotation."""


def shingles(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[\w'@.]+", text.lower())
    found = {tuple(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}
    return {x for x in found if not re.search(r"\d", "".join(x))}  # a date is no quotation


def test_nothing_residents_wrote_and_none_of_their_names_is_said(db: Database) -> None:
    for mail in Files([BUNDLED]).new(lambda _: False):
        store_mail(db, mail)
    outcomes = list(process_waiting(db, load(MODELS), LANDLORD, lambda: MONDAY))
    assert sum(x.state == "logged" for x in outcomes) >= 15
    said = [row[0] for row in db.execute("select payload from outbox")]
    said.append(as_post(digest(db, LANDLORD, MONDAY.date())).text)
    rows = cases.listing(db, Filter())
    for row in rows:
        for question in ("", "why", "when is", "definition of", "who has"):
            found = answer(db, f"{question} {row.reference}", "Sam", LANDLORD, MONDAY)
            said.append(repr(replace(found, private=())))
    everything = "\n".join(said).lower()
    spoken = shingles(everything)
    for row in rows:
        for message in messages.of_case(db, row.reference):
            quoted = shingles(message.body) & spoken
            assert not quoted
            for who in (message.resident, message.sender):
                assert not who.address or who.address not in everything
                for name in re.findall(r"\b[A-Z]\w{2,}", who.name):
                    assert not re.search(rf"\b{name.lower()}\b", everything), name
