"""The form by which a head hands a task to staff (rule 5.8)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.deadlines import local_day
from agencies.models import Post
from tasks.forms.acting import ActForm
from tasks.lifecycle import may_handle


class StaffField(forms.ModelChoiceField):
    """One of the lead's staff, by name and title."""

    def label_from_instance(self, post: Post) -> str:
        """Return the name and the title."""
        return f"{post.user.full_name}, {post.title.name}"


class HandOnForm(ActForm):
    """To whom, and what to mind."""

    handler = StaffField(
        label=_("To whom"),
        queryset=Post.objects.none(),
        help_text=_("One of your own staff works on it; you still answer for it and report it."),
    )
    text = forms.CharField(
        label=_("What to mind"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        staff = may_handle(self.case.task.lead, local_day(self.case.at))
        self.fields["handler"].queryset = staff.order_by("user__name_key")
