"""Why an expression or a term is refused: a code, its facts, and an English sentence.

The package knows no framework, so the caller translates: `_(refused.message) % refused.params`.
"""


def gettext_noop(text: str) -> str:
    """Mark a sentence for makemessages, as Django's function of this name does."""
    return text


MESSAGES = {
    "empty": gettext_noop("No deadline is written."),
    "not_understood": gettext_noop("“%(text)s” is not understood as a deadline."),
    "two_deadlines": gettext_noop("“%(text)s” names more than one deadline."),
    "not_a_deadline": gettext_noop("“%(text)s” says when work may start, not when it must end."),
    "ambiguous": gettext_noop(
        "“%(text)s” may mean the first or the last day: write “hết …” or name the day."
    ),
    "recurring": gettext_noop("“%(text)s” recurs: set a recurrence instead of one deadline."),
    "no_such_day": gettext_noop("There is no such day: %(text)s."),
    "no_such_hour": gettext_noop("There is no such hour: %(text)s."),
    "no_month": gettext_noop("“%(text)s” names a day without its month."),
    "weekday_differs": gettext_noop("The day of the week does not agree with the date: %(text)s."),
    "not_positive": gettext_noop("A term must be at least 1."),
    "too_long": gettext_noop("A term of %(count)s is too long."),
    "numbers_differ": gettext_noop("The number and its words do not agree: %(text)s."),
    "working_hours": gettext_noop("Working hours cannot be counted: give days or an hour."),
    "no_moment": gettext_noop("A term in hours needs the hour it starts at."),
    "out_of_range": gettext_noop("The day lies outside the years %(first)s to %(last)s."),
    "bad_start": gettext_noop(
        "“%(text)s” is not a day or a moment (2023-06-30 or 2023-06-30T16:00)."
    ),
    "no_period": gettext_noop("“%(text)s” does not say how often it recurs."),
    "period_unknown": gettext_noop("“%(text)s” recurs in a way that cannot be kept."),
}


class DeadlineRefused(ValueError):
    """An expression, term or recurrence that this package will not turn into a day."""

    def __init__(self, code: str, **params: object) -> None:
        self.code = code
        self.params = params
        super().__init__(code, params)

    @property
    def message(self) -> str:
        """The English sentence with its places still open: what a caller translates."""
        return MESSAGES[self.code]

    def __str__(self) -> str:
        """The English sentence, filled in."""
        return self.message % self.params
