"""Why a file is not read: each refusal has a code the screens turn into a sentence."""


def _(text: str) -> str:
    """Mark a message for translation; the package itself knows no language."""
    return text


REFUSALS = {
    "empty": _("The file is empty."),
    "too_large": _("The file is too large to be read."),
    "wrong_type": _("Only .docx, .xlsx, .pdf with text and .txt files can be read."),
    "damaged": _("The file is damaged and cannot be opened."),
    "encrypted": _("The file is protected by a password; remove it and upload again."),
    "zip_bomb": _("The file unpacks to far more than a document holds; it is refused."),
    "no_text": _("The PDF is a scan without text; type the directive in by hand."),
    "secret": _("The document is marked secret; this system handles unclassified work only."),
    "too_slow": _("Reading the file took too long or too much memory; it was stopped."),
}
"""Code of a refusal → what the person is told (an English msgid)."""


class UnreadableFile(Exception):
    """The one error reading raises; `code` is a key of `REFUSALS`."""

    def __init__(self, code: str) -> None:
        """Remember the code; the sentence is looked up by whoever shows it."""
        super().__init__(code)
        self.code = code

    @property
    def message(self) -> str:
        """The English sentence, a msgid for the interface."""
        return REFUSALS[self.code]

    def __reduce__(self) -> tuple[type, tuple[str]]:
        """Travel whole from the sandbox process to the caller."""
        return (type(self), (self.code,))


class SecretDocument(UnreadableFile):
    """Marked mật, tối mật or tuyệt mật: refused, and the file is not to be kept (domain 4.1)."""

    def __init__(self, marking: str = "") -> None:
        """Carry the marking as it stands in the document."""
        super().__init__("secret")
        self.marking = marking

    def __reduce__(self) -> tuple[type, tuple[str]]:
        """Travel whole from the sandbox process to the caller."""
        return (type(self), (self.marking,))
