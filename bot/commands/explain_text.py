"""A reading as lines of text: each sentence with its role and weight, the rules, the label's meaning, why it asks."""

from putright.cases.reading import Reading

WIDTH = 100


def explain_text(body: str, reading: Reading) -> list[str]:
    """The lines to print. Nothing is computed here; a sentence without a weight of its own has a blank."""
    weights = {(e.start, e.end): e.weight for e in reading.evidence}
    lines = [f"{reading.label.words} ({reading.probabilities[reading.label]:.0%}, {reading.decision.value})"]
    lines.append(f"  {reading.why}")
    for sentence in reading.sentences:
        weight = weights.get((sentence.start, sentence.end))
        shown = f"{weight:+5.2f}" if weight is not None else "     "
        lines.append(f"  {shown}  {sentence.role.words:<27} {one_line(body[sentence.start : sentence.end])}")
    for rule in reading.rules:
        lines.append(f"  rule {rule.id} (Code {rule.paragraph}): {one_line(body[rule.start : rule.end])}")
    meaning = reading.label.meaning
    lines.append(
        f"  {reading.label.words}{f' (Code {meaning.paragraph})' if meaning.paragraph else ''}: {meaning.definition}"
    )
    lines += [f"  asks: {reason}" for reason in reading.reasons]
    return lines


def one_line(text: str) -> str:
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return text if len(text) <= WIDTH else text[: WIDTH - 1] + "…"
