"""A deadline given as a day or in words, as forms of work and demands take it (rules 3.1, 3.3)."""

from datetime import date, datetime

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.deadlines import Deadline, DeadlineRefused, by_day, parse
from agencies.models import CalendarDay


class DeadlineForm(forms.Form):
    """Reckons `due_on`, a day, or `deadline_text`, words, from the day `start` into `deadline`.

    Both fields are the subclass's own. What had passed by `passed_at` is refused.
    """

    def __init__(self, *args, start: date, passed_at: datetime | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.start, self.passed_at = start, passed_at
        self.deadline: Deadline | None = None

    def clean(self) -> dict:
        """Reckon the deadline, from a day or from an expression."""
        cleaned = super().clean()
        day, text = cleaned.get("due_on"), cleaned.get("deadline_text", "").strip()
        if day and text:
            self.add_error("deadline_text", _("Give the day or the term, not both."))
        elif day or text:
            self.deadline = self._reckoned("due_on" if day else "deadline_text", day or text)
        return cleaned

    def _reckoned(self, field: str, given: date | str) -> Deadline | None:
        calendar = CalendarDay.objects.calendar()
        try:
            reckon = by_day if isinstance(given, date) else parse
            deadline = reckon(given, self.start, calendar)
        except DeadlineRefused as refused:
            self.add_error(field, gettext(refused.message) % refused.params)
            return None
        if self.passed_at is not None and deadline.due_at <= self.passed_at:
            self.add_error(field, _("This deadline has passed already."))
            return None
        return deadline

    def reckoned(self) -> dict:
        """Return the deadline with its arithmetic as acts take them; nothing when none is given."""
        if self.deadline is None:
            return {}
        return {"due_at": self.deadline.due_at, "arithmetic": self.deadline.to_json()}
