"""`putright evaluate`: how well the reader agrees with a labelled file."""

import json
from dataclasses import asdict
from pathlib import Path

import click


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
@click.option("--leave-one-file-out", is_flag=True, help="Train anew without each file and read that file.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def evaluate(file: Path | None, leave_one_file_out: bool, as_json: bool) -> None:
    """Score the reader on the labelled messages of FILE: JSON lines, or CSV with a header.

    A message needs `text` (or `subject` and `body`) and `label`; `id`, `channel`, `family` and whatever else the
    labelling guide marks may be there. A figure that the file says nothing about is null in the JSON, never 0.

    With --leave-one-file-out and no FILE the whole corpus is used; with a FILE, the corpus and the file.
    """
    from putright.classifier import corpus, evaluation, knowledge, labelled, model, table

    undecided = 0
    try:
        if leave_one_file_out:
            scores = evaluation.leave_one_file_out(file)
        elif file is None:
            raise click.UsageError("Say which FILE to score, or give --leave-one-file-out.")
        else:
            found, messages = evaluation.of_file(file)
            scores, undecided = {file.stem: found}, messages.undecided
            for remark in messages.remarks:
                click.echo(remark, err=True)
    except corpus.FaultyCorpusError as error:
        raise click.ClickException(f"The file breaks the labelling guide.\n{error}") from None
    except (
        evaluation.SeenInTrainingError,
        labelled.EmptyFileError,
        model.BadModelError,
        knowledge.FaultyKnowledgeError,
    ) as error:
        raise click.ClickException(str(error)) from None
    if as_json:
        click.echo(json.dumps({name: asdict(one) for name, one in scores.items()}))
    elif len(scores) == 1:
        for name, one in scores.items():
            click.echo(table.of_one(name, one, undecided))
    else:
        click.echo(table.of_scores(scores))
