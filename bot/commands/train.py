"""`putright train`: learn from what people said in review, behind a gate, with a way back."""

from collections import Counter
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from putright.bot.program import (
    Program,
    actor_or_user,
    as_option,
    at_option,
    pass_program,
    print_json,
    reader_of,
    time_of,
)
from putright.bot.progress import progress
from putright.bot.stopped import stopped_in_a_sentence
from putright.cases.events import GUIDE, Shown
from putright.cases.working_days import LONDON
from putright.classifier import shelf
from putright.storage import labels
from putright.storage.labels import HumanLabel


@click.command()
@click.option("--dry-run", is_flag=True, help="Say what would come of it; nothing is kept.")
@click.option("--back", is_flag=True, help="Go back one step: read with the model before this one.")
@click.option("--history", is_flag=True, help="Print what was decided so far, oldest first.")
@click.option(
    "--bundled", is_flag=True, help="For developers: train models/putright-model from models/corpus alone."
)
@as_option
@at_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_program
def train(
    program: Program,
    dry_run: bool,
    back: bool,
    history: bool,
    bundled: bool,
    actor: str | None,
    at: datetime | None,
    as_json: bool,
) -> None:
    """Learn from what people said messages are, and read with it only if it is not likely to be worse.

    A candidate learns from the corpus and from the labels people set (`review set`, `case reclassify`). It is held
    against the model in use and refused if it loses a complaint that was caught and that people labelled, that stands
    in the held-out file or that must pass; also if it is likely to miss more complaints, if a channel, a length of
    message or the must-pass cases as a whole are likely to fall by more than 2 points, or if it is too slow or too big.
    A must-pass case that is no complaint and turns is named and does not refuse.

    Models and the log of what was decided lie in putright-models, beside the database; they never leave your machine.
    """
    if sum((dry_run, back, history, bundled)) > 1:
        raise click.UsageError("Give one of --dry-run, --back, --history and --bundled.")
    if bundled:
        _bundled(program.models)
        return
    kept = shelf.beside(program.settings.database, program.models)
    if history:
        _history(kept, as_json)
        return
    signed = {"at": time_of(at).isoformat(), "by": actor_or_user(actor)}
    if back:
        entry = {**signed, **_back(kept)}
        kept.log(entry)
        said = f"{entry['model']} is in use now; {entry['was']} was thrown away. Restart a running service."
        _say(entry, said, as_json)
        return
    _learn(program, kept, signed, dry_run, as_json)


def _learn(program: Program, kept: shelf.Shelf, signed: dict[str, str], dry_run: bool, as_json: bool) -> None:
    from putright.classifier import corpus, reviews
    from putright.classifier.train import train_on

    given = labels.human(program.existing())
    usable = [x for x in given if x.alone and x.guide == GUIDE]
    if not usable:
        raise click.ClickException(
            "No person has said yet what any message is, so there is nothing to learn from: `putright review` lists "
            "what waits to be said."
        )
    old = reader_of(kept)
    try:
        teaching = reviews.gather([_reviewed(x) for x in usable], program.models)
    except corpus.FaultyCorpusError as error:
        raise click.ClickException(
            f"The corpus breaks the labelling guide; nothing was trained.\n{error}"
        ) from None
    records = reviews.records_of(teaching, old)
    counts = _counts(given, usable, len(teaching.reviewed), len(teaching.corpus))
    if not as_json:
        click.echo(_counts_in_words(counts))
    kept.folder.parent.mkdir(parents=True, exist_ok=True)
    with (
        stopped_in_a_sentence(f"Training was stopped: nothing was kept, and {old.model.name} stays in use."),
        TemporaryDirectory(dir=kept.folder.parent, prefix=".putright-candidate-") as place,
    ):
        candidate_folder = Path(place) / "candidate"
        candidate_folder.mkdir(mode=0o700)
        with progress("Training", length=reviews.steps(records)) as bar:
            candidate, outcome = reviews.try_out(
                teaching,
                records,
                old,
                program.models,
                candidate_folder,
                lambda step: bar.update(1, step),
                program.learn or train_on,
            )
        entry = {
            **signed,
            "what": "train",
            "model": candidate.model.name,
            "was": old.model.name,
            "promoted": outcome.passed and not dry_run,
            "refused": list(outcome.refused),
            "better": list(outcome.better),
            "worse": list(outcome.worse),
            **counts,
        }
        if outcome.passed and not dry_run:
            kept.make()
            kept.promote(candidate_folder)
    if not dry_run:
        kept.log(entry)
    _say(entry, "\n".join(_findings(entry)), as_json)
    if not outcome.passed:
        raise click.ClickException(
            f"Not promoted: {old.model.name} stays in use. {' '.join(outcome.refused)}"
        )
    if not as_json and dry_run:
        click.echo(f"{candidate.model.name} would be promoted; {old.model.name} stays in use.")
    elif not as_json:
        click.echo(
            f"Promoted: {candidate.model.name} is in use now, before it {old.model.name}. Restart a running service. "
            "`putright train --back` goes back."
        )


def _reviewed(label: HumanLabel) -> Any:
    from putright.classifier.reviews import Reviewed

    message = label.message
    whose = message.resident.address.casefold() or message.resident.name.casefold() or label.reference
    return Reviewed(label.reference, whose, message.channel.value, message.subject, message.body, label.label)


def _counts(given: list[HumanLabel], usable: list[HumanLabel], learned: int, invented: int) -> dict[str, Any]:
    """How many labels there are and why they were shown; no names, no words."""
    shown = Counter(x.shown for x in usable)
    return {
        "corpus": invented,
        "reviewed": learned,
        "labels": len(given),
        "left_out": len(given) - len(usable),
        "shown": {x.value: shown[x] for x in Shown},
    }


def _counts_in_words(counts: dict[str, Any]) -> str:
    shown = ", ".join(f"{number} {why}" for why, number in counts["shown"].items())
    left_out = (
        f" {counts['left_out']} more are left out: their case held several messages, or the guide has changed."
        if counts["left_out"]
        else ""
    )
    return (
        f"Learning from {counts['corpus']} invented messages and {counts['reviewed']} reviewed ones. Why people were "
        f"shown what they labelled: {shown}.{left_out}"
    )


def _findings(entry: dict[str, Any]) -> list[str]:
    lines = [f"{entry['model']} against {entry['was']}:"]
    lines += [f"  better  {sentence}" for sentence in entry["better"]]
    lines += [f"  worse   {sentence}" for sentence in entry["worse"]]
    if not entry["better"] and not entry["worse"]:
        lines.append("  Nothing got better or worse.")
    return lines


def _back(kept: shelf.Shelf) -> dict[str, str]:
    """Go back one step, after a look at where to."""
    from putright.classifier import model

    try:
        to = kept.before()
        name = model.load(to).name
        was = _name(kept.current)
        kept.back()
    except shelf.NothingBefore as error:
        raise click.ClickException(str(error)) from None
    except (model.BadModelError, OSError) as error:
        raise click.ClickException(
            f"The model before cannot be used, so nothing was changed. {error}"
        ) from None
    return {"what": "back", "model": name, "was": was}


def _name(place: Path) -> str:
    from putright.classifier import model

    try:
        return model.load(place).name
    except (model.BadModelError, OSError):
        return "a model that cannot be used"


def _history(kept: shelf.Shelf, as_json: bool) -> None:
    entries = kept.history()
    if as_json:
        print_json(entries)
        return
    if not entries:
        click.echo("Nothing was trained here yet: the model that came with putright is in use.")
    for entry in entries:
        when = f"{datetime.fromisoformat(entry['at']).astimezone(LONDON):%a %-d %b %Y %H:%M}"
        if entry["what"] == "back":
            click.echo(f"{when}  {entry['by']} went back from {entry['was']} to {entry['model']}.")
            continue
        became = "promoted" if entry["promoted"] else "not promoted"
        click.echo(f"{when}  {entry['by']} trained on {entry['reviewed']} reviewed messages: {became}.")
        click.echo("\n".join(_findings(entry) + [f"  refused {x}" for x in entry["refused"]]))


def _say(entry: dict[str, Any], text: str, as_json: bool) -> None:
    if as_json:
        print_json(entry)
    else:
        click.echo(text)


def _bundled(models: Path) -> None:
    """Train the model that comes with putright, and write its card."""
    from putright.classifier import card, corpus, knowledge, model
    from putright.classifier import train as training

    try:
        knowledge.load(models)
        records = corpus.load(corpus.files(models / "corpus"))
    except knowledge.FaultyKnowledgeError as error:
        raise click.ClickException(f"{error} Nothing was trained.") from None
    except corpus.FaultyCorpusError as error:
        raise click.ClickException(
            f"The corpus breaks the labelling guide; nothing was trained.\n{error}"
        ) from None
    with (
        stopped_in_a_sentence("Training was stopped: nothing was written."),
        progress("Training", length=training.steps(records)) as bar,
    ):
        trained = training.train_on(records, models, lambda step: bar.update(1, step))
    saved = model.save(trained.model, models)
    text = card.write(records, trained, saved)
    (models / "CARD.md").write_text(text, encoding="utf-8", newline="\n")
    click.echo(f"Model {saved.name} written; {card.headline(records, trained)}")
