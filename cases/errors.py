"""The errors a rule can raise: each is one plain sentence, with the paragraph of the Code it rests on."""


class Refused(Exception):
    """An act that a rule does not allow. `paragraph` is the Code's, or `""` where the rule is ours."""

    def __init__(self, sentence: str, paragraph: str = "") -> None:
        super().__init__(f"{sentence} (Code {paragraph})" if paragraph else sentence)
        self.paragraph = paragraph
