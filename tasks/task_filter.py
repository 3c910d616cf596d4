"""What the list of tasks can be narrowed by; its addresses are described in `tasks.task_list`."""

from datetime import date, datetime, timedelta

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from agencies.deadlines import local_day, local_midnight, local_midnight_after
from agencies.listing import ListFilter, day_filter, with_beginnings
from agencies.models import Agency, Competence, Post, Setting
from agencies.succession import answered_by
from tasks.judgement import Judgement
from tasks.models import Authority, Demand, Directive, Task
from tasks.questions import helped_by
from tasks.states import ENDED, OPEN, WORKING, State
from tasks.timeliness import Timeliness

STATES = {"open": OPEN, "working": WORKING, "ended": ENDED}
TIMELINESS = {
    "awaiting": (
        Timeliness.AWAITING_IN_TIME,
        Timeliness.AWAITING_LATE,
        Timeliness.AWAITING_UNDATED,
    ),
    "completed": (
        Timeliness.COMPLETED_ON_TIME,
        Timeliness.COMPLETED_LATE,
        Timeliness.COMPLETED_UNDATED,
    ),
}
NOBODY = "null"  # how the address says that something is not named


class OneOrSeveral(forms.Select):
    """A plain select that also keeps several values given in the address."""

    def value_from_datadict(self, data, files, name) -> list[str]:
        """Return every value given; an empty one stands for all."""
        return [value for value in data.getlist(name) if value]


class TaskFilter(ListFilter):
    """What the list can be narrowed by; see the module's table."""

    q = filters.CharFilter(label=_("Code or words"), method="search")
    state = filters.ChoiceFilter(
        label=_("State"),
        method="in_state",
        choices=[
            ("open", _("all open")),
            ("working", _("being worked on")),
            *State.choices,
            ("ended", _("all ended")),
        ],
    )
    timeliness = filters.MultipleChoiceFilter(
        label=_("Timeliness"),
        method="judged",
        widget=OneOrSeveral,
        choices=[
            ("", _("all")),
            *Timeliness.choices,
            ("awaiting", _("reported, awaiting verification")),
            ("completed", _("completed")),
        ],
    )
    agency = filters.ModelChoiceFilter(
        label=_("Lead agency"),
        queryset=Agency.objects.in_official_order(),
        to_field_name="code",
        method="of_agency",
    )
    role = filters.ChoiceFilter(
        choices=[("coordinating", _("coordinating")), ("any", _("all"))], method="as_is"
    )
    authority = filters.ModelChoiceFilter(
        label=_("Assigned by"),
        queryset=Authority.objects.all(),
        to_field_name="code",
        method="is_given_by",
    )
    competence = filters.ModelChoiceFilter(
        label=_("Competence"),
        queryset=Competence.objects.all(),
        to_field_name="code",
        method="is_about",
        null_label=_("none named"),
    )
    directive = filters.ModelChoiceFilter(queryset=Directive.objects.all())
    leader = filters.ModelChoiceFilter(
        queryset=Post.objects.all(), method="is_supervised_by", null_label=_("none named")
    )
    person = filters.ModelChoiceFilter(queryset=Post.objects.all(), method="is_worked_on_by")
    parent = filters.ModelChoiceFilter(
        queryset=Task.objects.filter(is_group=True), to_field_name="code"
    )
    demand = filters.ModelChoiceFilter(queryset=Demand.objects.all(), to_field_name="code")
    priority = filters.ChoiceFilter(choices=Task.Priority.choices, field_name="priority_then")
    waiting = filters.ChoiceFilter(
        choices=[
            ("verification", _("waiting for verification")),
            ("long", _("waiting too long for verification")),
            ("extension", _("waiting for a decision on an extension")),
            ("return", _("handed back, waiting for a decision")),
            ("review", _("review day has come")),
            ("sent_back", _("sent back to be finished")),
        ],
        method="is_waiting",
    )
    share = filters.ChoiceFilter(
        label=_("Coordinating agencies"),
        choices=[("awaited", _("share awaited")), ("late", _("share overdue"))],
        method="waits_for_share",
    )
    delay = filters.ChoiceFilter(
        label=_("Delay"),
        choices=[("unexplained", _("no cause given")), ("broken", _("commitment broken"))],
        method="is_delayed",
    )
    deadline = filters.ChoiceFilter(
        label=_("Judged by"),
        empty_label=_("the deadline as it stands"),
        choices=[("original", _("the original deadline"))],
        method="as_is",
    )
    due_from = day_filter(_("Deadline from"), method="is_due_from")
    due_before = day_filter(_("Deadline to"), method="is_due_before")
    assigned_from = day_filter(_("Assigned from"), method="is_assigned_from")
    assigned_to = day_filter(_("Assigned to"), method="is_assigned_to")
    completed_from = day_filter(_("Completed from"), method="is_completed_from")
    completed_to = day_filter(_("Completed to"), method="is_completed_to")
    fallen_due_from = day_filter(_("Fallen due from"), method="is_fallen_due_from")
    overdue_from = filters.NumberFilter(method="is_overdue_from")
    overdue_to = filters.NumberFilter(method="is_overdue_to")
    not_updated = filters.NumberFilter(method="is_not_updated")
    urged_from = filters.NumberFilter(
        label=_("Urged at least (times)"), field_name="times_urged", lookup_expr="gte"
    )

    class Meta:
        model = Task
        fields: list[str] = []

    def __init__(self, data: QueryDict, queryset: QuerySet, judgement: Judgement) -> None:
        super().__init__(data, queryset=queryset)
        self.judgement = judgement

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Find every word by its beginning; no diacritics needed."""
        return with_beginnings(rows, value)

    def in_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to one state or a family of states."""
        return rows.filter(state_then__in=STATES.get(value, (value,)))

    def judged(self, rows: QuerySet, name: str, values: list[str]) -> QuerySet:
        """Narrow to what the deadline means at the instant."""
        wanted = {one for value in values for one in TIMELINESS.get(value, (value,))}
        return rows.filter(timeliness__in=wanted) if wanted else rows

    def of_agency(self, rows: QuerySet, name: str, agency: Agency) -> QuerySet:
        """Narrow to what an agency leads, coordinates, or both."""
        led = Q(lead=agency)
        helped = Q(pk__in=helped_by(agency.pk, self.judgement.instant))
        role = self.form.cleaned_data.get("role")
        return rows.filter({"coordinating": helped, "any": led | helped}.get(role, led))

    def is_given_by(self, rows: QuerySet, name: str, authority: Authority) -> QuerySet:
        """Narrow to what an authority assigned."""
        return rows.filter(authority_then=authority.pk)

    def is_about(self, rows: QuerySet, name: str, competence: Competence | str) -> QuerySet:
        """Narrow to a competence, or to what has none."""
        return rows.filter(competence_then=None if competence == NOBODY else competence.pk)

    def is_supervised_by(self, rows: QuerySet, name: str, leader: Post | str) -> QuerySet:
        """Narrow to what a leader supervises, posts that he follows included (rule 2.1)."""
        if leader == NOBODY:
            return rows.filter(supervisor_then=None)
        day = local_day(self.judgement.instant)
        return rows.filter(supervisor_then__in=answered_by(leader, day))

    def is_worked_on_by(self, rows: QuerySet, name: str, person: Post) -> QuerySet:
        """Narrow to what a person works on, posts that it follows included (rules 2.1, 5.8)."""
        day = local_day(self.judgement.instant)
        return rows.with_worker(day).filter(worker_then__in=answered_by(person, day))

    def as_is(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Return the rows: `role` says how `agency` is meant, `deadline` how they were judged."""
        return rows

    def is_waiting(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to what waits for the Office, or for an update (rules 5.5, 5.11)."""
        judgement = self.judgement
        if value == "review":
            today = local_day(judgement.instant)
            return rows.filter(state_then__in=WORKING, review_on__lte=today)
        if value == "extension":
            return rows.awaiting_extension(judgement.instant)
        if value == "return":
            return rows.awaiting_return(judgement.instant)
        if value == "sent_back":
            return rows.with_sent_back(judgement.instant).filter(is_sent_back=True)
        rows = rows.awaiting_verification()
        if value == "long":
            rows = rows.filter(reported_then__lt=waiting_too_long_since(judgement))
        return rows

    def waits_for_share(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to work whose lead waits for a helper, or for an overdue share (rule 5.9)."""
        data = self.form.cleaned_data
        helper = data.get("agency") if data.get("role") == "coordinating" else None
        instant = self.judgement.instant
        return rows.waiting_for_share(instant, is_late=value == "late", of=helper)

    def is_delayed(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to overdue work by what its lead said of the delay (rule 5.12)."""
        instant = self.judgement.instant
        if value == "broken":
            return rows.breaking_its_commitment(instant)
        return rows.unexplained(instant)

    def is_due_from(self, rows: QuerySet, name: str, day: date) -> QuerySet:
        """Narrow to deadlines whose last day in time is that day or later."""
        return rows.filter(due_then__gt=local_midnight(day))

    def is_due_before(self, rows: QuerySet, name: str, day: date) -> QuerySet:
        """Narrow to deadlines whose last day in time is that day or earlier."""
        return rows.filter(due_then__lte=local_midnight_after(day))

    def is_assigned_from(self, rows: QuerySet, name: str, day: date) -> QuerySet:
        """Narrow to work assigned on that day or later."""
        return rows.filter(assigned_at__gte=local_midnight(day))

    def is_assigned_to(self, rows: QuerySet, name: str, day: date) -> QuerySet:
        """Narrow to work assigned on that day or earlier."""
        return rows.filter(assigned_at__lt=local_midnight_after(day))

    def is_completed_from(self, rows: QuerySet, name: str, day: date) -> QuerySet:
        """Narrow to completion confirmed on that day or later, an instant at its beginning out."""
        return rows.filter(state_then=State.COMPLETED, completed_then__gt=local_midnight(day))

    def is_completed_to(self, rows: QuerySet, name: str, day: date) -> QuerySet:
        """Narrow to completion confirmed by the end of that day."""
        end = local_midnight_after(day)
        return rows.filter(state_then=State.COMPLETED, completed_then__lte=end)

    def is_fallen_due_from(self, rows: QuerySet, name: str, day: date) -> QuerySet:
        """Narrow to the base of the on-time rate since that day (rule 8.7)."""
        return rows.fallen_due(local_midnight(day))

    def is_overdue_from(self, rows: QuerySet, name: str, days) -> QuerySet:
        """Narrow to what is overdue for at least so many local days (day 1 is the first)."""
        today = local_day(self.judgement.instant)
        rows = rows.filter(timeliness=Timeliness.OVERDUE)
        if days <= 1:
            return rows
        return rows.filter(due_then__lte=local_midnight(today - timedelta(days=int(days) - 1)))

    def is_overdue_to(self, rows: QuerySet, name: str, days) -> QuerySet:
        """Narrow to what is overdue for at most so many local days."""
        today = local_day(self.judgement.instant)
        return rows.filter(
            timeliness=Timeliness.OVERDUE,
            due_then__gt=local_midnight(today - timedelta(days=int(days))),
        )

    def is_not_updated(self, rows: QuerySet, name: str, days) -> QuerySet:
        """Narrow to open work without news for so many days."""
        since = self.judgement.instant - timedelta(days=int(days))
        return rows.annotate(news_at=Coalesce("updated_at", "assigned_at")).filter(
            state_then__in=WORKING, news_at__lt=since
        )


def waiting_too_long_since(judgement: Judgement) -> datetime:
    """Return the instant before which a report has waited over the setting's days (rule 5.5)."""
    days = Setting.objects.value("verification_days", judgement.instant)
    calendar, day = judgement.calendar, local_day(judgement.instant)
    while calendar.working_days_between(day, local_day(judgement.instant)) <= days:
        day -= timedelta(days=1)
    return local_midnight_after(day)
