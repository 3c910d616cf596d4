"""Which official acts of consultations must carry number, date, signer and file (rule 2.8)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from agencies.deadlines import local_day
from agencies.models import Setting
from agencies.refusals import Refused

CONSULTATION = "consultation_is_numbered"
REPLY = "reply_is_numbered"


@dataclass(frozen=True)
class Letter:
    """The official letter of an act, as it was signed outside the program."""

    number: str = ""
    dated_on: date | None = None
    signer: str = ""
    signed: Collection[UploadedFile] = ()

    def refuse(self, at: datetime, *, is_required: bool) -> None:
        """Refuse a letter dated after today, and an incomplete one where a setting asks for it."""
        if self.dated_on is not None and self.dated_on > local_day(at):
            raise Refused(_("A letter is not dated after today."), field="document_on")
        if not is_required:
            return
        for given, field, sentence in (
            (self.number.strip(), "document_number", _("Give the number of the letter.")),
            (self.dated_on, "document_on", _("Give the date of the letter.")),
            (self.signer.strip(), "signer", _("Say who signed the letter.")),
            (self.signed, "signed", _("Attach the signed letter.")),
        ):
            if not given:
                raise Refused(sentence, field=field)


def is_required(code: str, at: datetime, agency_id: int | None) -> bool:
    """Return whether the setting asks for number, date, signer and file from that agency."""
    return Setting.objects.value(code, at, agency_id) is True
