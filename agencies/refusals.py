"""What an act answers when it may not be done: a sentence for the person, never a trace."""

from django.utils.functional import Promise


class Refused(Exception):
    """The act is not done; `message` says why, in the reader's language, and what to do.

    `field` names the form field it belongs beside, when it belongs to one.
    """

    def __init__(self, message: str | Promise, field: str | None = None) -> None:
        self.message = message
        self.field = field
        super().__init__(str(message))


class NotYours(Refused):
    """The actor's function does not carry this act, or it would be deciding on one's own work."""


def demand_words(text: str, field: str, sentence: str | Promise) -> str:
    """Return the words without their margins, or refuse with the sentence for want of any."""
    if not text.strip():
        raise Refused(sentence, field=field)
    return text.strip()
