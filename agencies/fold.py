"""Text as people type it when they search: no case, no diacritics, punctuation as spaces."""

import unicodedata


def _letters(character: str) -> str | None:
    decomposed = unicodedata.normalize("NFD", character.lower().replace("đ", "d"))
    bare = "".join(c for c in decomposed if not "\u0300" <= c <= "\u036f")
    return "".join(c if c.isascii() and c.isalnum() else " " for c in bare) or None


class _Table(dict):
    """Filled as characters are met: a row folds in microseconds."""

    def __missing__(self, codepoint: int) -> str | None:
        self[codepoint] = _letters(chr(codepoint))
        return self[codepoint]


_TABLE = _Table()


def fold(*texts: str) -> str:
    """Return the texts joined, lower case, without diacritics, punctuation as single spaces."""
    return " ".join(" ".join(texts).translate(_TABLE).split())


def name_key(full_name: str) -> str:
    """Return what people's names sort by: the given name (the last word), then the whole name."""
    words = fold(full_name).split()
    return " ".join(words[-1:] + words)
