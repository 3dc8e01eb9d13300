"""`putright train`: train the model anew from models/corpus and write its card."""

import click


@click.command()
def train() -> None:
    """Train the model anew from the labelled corpus, and measure it file by file."""
    from putright.classifier import card, corpus, model
    from putright.classifier import train as training

    try:
        records = corpus.load(corpus.files(model.FOLDER / "corpus"))
    except corpus.FaultyCorpusError as error:
        raise click.ClickException(
            f"The corpus breaks the labelling guide; nothing was trained.\n{error}"
        ) from None
    steps = training.steps(records)
    with click.progressbar(length=steps, label="Training", item_show_func=lambda step: step or "") as bar:
        trained = training.train_on(records, model.FOLDER, lambda step: bar.update(1, step))
    saved = model.save(trained.model, model.FOLDER)
    text = card.write(records, trained, saved)
    (model.FOLDER / "CARD.md").write_text(text, encoding="utf-8", newline="\n")
    click.echo(f"Model {saved.name} written; {card.headline(records, trained)}")
