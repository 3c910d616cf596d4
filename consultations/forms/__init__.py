"""Forms of consultations. Rules stay in the acts."""

from consultations.forms.answering import AnswerForm
from consultations.forms.asking import AskForm, Questions

__all__ = ["AnswerForm", "AskForm", "Questions"]
