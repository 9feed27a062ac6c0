"""The one way in which a phrase that cannot be read is refused."""

from __future__ import annotations


class PhraseError(ValueError):
    """A phrase is not in the grammar (docs/language/grammar.md).

    `code` names the problem (`duration-ambiguous`), `data` holds what its message tells, and
    `offset` counts the characters from the phrase's start to where reading failed.
    """

    def __init__(self, code: str, offset: int = 0, **data: str) -> None:
        super().__init__(f"{code}: {data}")
        self.code = code
        self.offset = offset
        self.data = data


def unreadable(text: str, what: str, forms: tuple[str, ...], offset: int = 0) -> PhraseError:
    """The error for a phrase that has none of the forms its place allows."""
    return PhraseError("phrase-unreadable", offset, found=text, what=what, forms="; ".join(forms))
