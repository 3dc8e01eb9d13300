"""putright code: what a paragraph of the Complaint Handling Code says, and where putright rests on it."""

import textwrap
from collections.abc import Iterator
from dataclasses import asdict

import click

from putright.bot.program import json_option, print_json
from putright.cases.code import Paragraph, paragraph, paragraphs
from putright.cases.code_beside import Beside, subjects
from putright.cases.labels import Label
from putright.cases.limits import EXTENSIONS, LIMITS
from putright.cases.records.index import ACTS
from putright.cases.working_days import in_words

WIDTH = 110


@click.command()
@click.argument("typed", nargs=-1, metavar="[PARAGRAPH]")
@json_option
def code(typed: tuple[str, ...], as_json: bool) -> None:
    """What a paragraph of the Code says, in our words, since when, how sure, and where putright rests on it.

    \b
    putright code 6.3
    putright code 6.9g     a part of it, by its letter
    putright code 6        a chapter; without anything, all of it
    putright code awaab    beside the Code; also data-protection and ombudsman
    """
    number = " ".join(typed) or None
    if number is None or number.strip() in {x.split(".")[0] for x in paragraphs()}:
        chapter = f"{number.strip()}." if number else ""
        found = [x for x in paragraphs().values() if x.number.startswith(chapter)]
        if as_json:
            print_json([_as_json(x) for x in found])
            return
        for x in found:
            click.echo(textwrap.shorten(f"{x.number:<6}{x.text}", WIDTH, placeholder=" …"))
        if number is None:
            click.echo(f"\nBeside the Code: {', '.join(f'putright code {x}' for x in subjects())}.")
        return
    if subject := subjects().get(number.strip().casefold()):
        _print_subject(subject, as_json)
        return
    shown = paragraph(number)
    if as_json:
        print_json(_as_json(shown))
        return
    click.echo(
        f"Code {shown.name}   (Complaint Handling Code {shown.code}, in force from {in_words(shown.in_force)})"
    )
    for line in textwrap.wrap(shown.text, WIDTH - 2):
        click.echo(f"  {line}")
    click.echo(
        f"\nSource: {shown.source}.\nHow sure: {shown.sure} (last looked at on {in_words(shown.checked)})."
    )
    if uses := list(used(shown)):
        click.echo("\nWhere putright rests on it:")
        for use in uses:
            click.echo(f"  {use}")
    else:
        click.echo("\nputright does nothing with it: it is for the landlord's policy and people.")
    for line in earlier(shown):
        click.echo("\n" + textwrap.fill(line, WIDTH))


def _print_subject(subject: Beside, as_json: bool) -> None:
    if as_json:
        print_json(asdict(subject) | {"in_force": subject.in_force.isoformat() if subject.in_force else None})
        return
    since = f"   (from {in_words(subject.in_force)})" if subject.in_force else ""
    click.echo(f"{subject.title}{since}")
    for sentence in subject.says:
        for line in textwrap.wrap(sentence, WIDTH - 2):
            click.echo(f"  {line}")
    click.echo(f"\nSource: {subject.source}.\nHow sure: {subject.sure}.\n\nWhere putright rests on it:")
    for use in subject.used:
        click.echo(f"  {use}")


def used(shown: Paragraph) -> Iterator[str]:
    """What rests on a paragraph: labels, clocks, acts, and what the table names."""
    for label in Label:
        if label.meaning.paragraph == shown.number:
            yield f"the label {label.words}: {label.meaning.definition}"
    for limit in LIMITS:
        if limit.code == shown.code and limit.paragraph == shown.number:
            yield f"the clock of the {limit.clock.words}: {limit.words} from {limit.starts.words}"
    for rule in EXTENSIONS:
        if rule.code == shown.code and shown.number in (rule.paragraph, rule.notice_paragraph):
            yield f"extending the {rule.clock.words}: {rule.days} working days without a good reason"
    verbs = {
        act.verb
        for act in ACTS
        if shown.number in {act.paragraph, *(x.paragraph for x in (*act.fields, *act.ended) if x.needed)}
    }
    named = [x for x in shown.used if x.split(",")[0].split(" --")[0].removeprefix("case ") not in verbs]
    yield from (f"putright case {verb}" for verb in sorted(verbs))
    yield from (f"putright {x}" if x.startswith(("case ", "cases ")) else x for x in named)


def earlier(shown: Paragraph) -> Iterator[str]:
    """What the Code of 2022 said of the matter of a paragraph, and what it says under that number: it means others."""
    number = shown.number
    clocks = [x.clock for x in LIMITS if x.code == "2024" and x.paragraph == number]
    for clock in clocks:
        before = [x for x in LIMITS if x.code == "2022" and x.clock is clock]
        for limit in before:
            yield f"Until then (Code of 2022, {limit.paragraph}): {limit.words} from {limit.starts.words}."
        if not before:
            yield "Until then (Code of 2022): it had no such limit."
    for rule in EXTENSIONS:
        if rule.code == "2024" and rule.paragraph == number:
            for old in (x for x in EXTENSIONS if x.code == "2022" and x.clock is rule.clock):
                yield f"Until then (Code of 2022, {old.paragraph}): extended by {old.days} working days."
    if (of_2022 := shown.before) and (not shown.part or of_2022.part in ("", shown.part)):
        then = ", ".join(("Code of 2022", *of_2022.numbers))
        yield f"Until then ({then}): {of_2022.text}."
    for limit in LIMITS:
        if limit.code == "2022" and limit.paragraph == number:
            yield f"In the Code of 2022 this number was: {limit.clock.words}, {limit.words} from {limit.starts.words}."
    for rule in EXTENSIONS:
        if rule.code == "2022" and rule.paragraph == number:
            yield f"In the Code of 2022 this number was: extending the {rule.clock.words}, {rule.days} working days."
    for other in paragraphs().values():
        if other.before and number in other.before.numbers:
            yield f"In the Code of 2022 this number was: {other.before.text}."


def _as_json(x: Paragraph) -> dict[str, object]:
    return {
        "paragraph": x.name,
        "text": x.text,
        "code": x.code,
        "in_force": x.in_force.isoformat(),
        "source": x.source,
        "sure": x.sure,
        "checked": x.checked.isoformat(),
        "used": list(used(x)),
        "earlier": list(earlier(x)),
    }
