"""Looking again at what was assigned and done: review campaigns and spot checks (rule 5.13)."""

from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, AgencyGroup, Competence, Event, Post, ReorganisationMove
from tasks.models.directive import Directive
from tasks.models.proposal import Proposal
from tasks.models.task import Task


class CampaignQuerySet(models.QuerySet):
    """Questions about review campaigns."""

    def visible_to(self, actor) -> "CampaignQuerySet":
        """Leaders and the Office see all; an agency those that ask it to review (rule 2.4)."""
        if actor.sees_everything:
            return self
        if actor.agency_id is None:
            return self.none()
        own = CampaignEntry.objects.current().filter(agency=actor.agency_id)
        return self.filter(pk__in=own.order_by().values("campaign"))

    def standing(self, past: datetime | None = None) -> "CampaignQuerySet":
        """Annotate `opened_then`, `closed_then` and `due_then`, the deadline: as they are now or
        were at a past instant; those not drafted by then are left out (rule 8.9).

        What a draft said before it was edited is kept nowhere: its words and deadline are those of
        now, while the deadline of an open campaign is read from its events.
        """
        if past is None:
            columns = {"opened_then": "opened_at", "closed_then": "closed_at", "due_then": "due_at"}
            return self.annotate(**{name: F(column) for name, column in columns.items()})
        said = Event.objects.filter(
            thing_type=ContentType.objects.get_for_model(ReviewCampaign), thing_id=OuterRef("pk"),
            act__in=("campaign.opened", "campaign.deadline_moved"), effective_at__lte=past,
        )  # fmt: skip
        due_at = Cast(KeyTextTransform("due_at", "params"), models.DateTimeField())
        return self.filter(drafted_at__lte=past).annotate(
            opened_then=Case(When(opened_at__lte=past, then=F("opened_at"))),
            closed_then=Case(When(closed_at__lte=past, then=F("closed_at"))),
            due_then=Coalesce(
                Subquery(said.order_by("-effective_at", "-id").values(due=due_at)[:1]), "due_at"
            ),
        )

    def running(self) -> "CampaignQuerySet":
        """Return those opened and not closed."""
        return self.filter(opened_at__isnull=False, closed_at__isnull=True)


class ReviewCampaign(models.Model):
    """By a day, agencies confirm that their list of open tasks is right, or mark corrections.

    A draft (`opened_at` is None) names agencies and groups; opening it asks each agency that is
    there on that day (rule 4.2). A draft that is dropped is closed without having been opened.
    """

    code = models.CharField(_("code"), max_length=20, unique=True)
    directive = models.ForeignKey(
        Directive, on_delete=models.PROTECT, null=True, blank=True, related_name="campaigns"
    )
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, null=True)
    clause = models.CharField(_("clause"), max_length=40, blank=True)
    title = models.CharField(_("title"), max_length=500)
    text = models.TextField(_("full wording"), blank=True)
    asked_agencies = models.ManyToManyField(Agency, blank=True, related_name="+")
    asked_groups = models.ManyToManyField(AgencyGroup, blank=True, related_name="+")
    due_at = models.DateTimeField(_("deadline"))
    arithmetic = models.JSONField(null=True, blank=True)
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering = ["-drafted_at", "-id"]
        verbose_name = _("review campaign")
        verbose_name_plural = _("review campaigns")

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        """Return the campaign's page."""
        return reverse("campaign", args=[self.code])

    @property
    def is_draft(self) -> bool:
        """Whether the chief has still to open it."""
        return self.opened_at is None and self.closed_at is None

    @property
    def is_running(self) -> bool:
        """Whether agencies can confirm."""
        return self.opened_at is not None and self.closed_at is None


class EntryQuerySet(models.QuerySet):
    """Questions about the agencies' parts of campaigns."""

    def visible_to(self, actor) -> "EntryQuerySet":
        """Leaders and the Office see all, an agency its own."""
        return self if actor.sees_everything else self.filter(agency=actor.agency_id)

    def current(self, past: datetime | None = None) -> "EntryQuerySet":
        """Return those that no successor has taken over (rule 2.5), or had by a past instant, of
        the campaigns opened by then.
        """
        if past is None:
            return self.filter(moved_at__isnull=True)
        moves = ReorganisationMove.objects.filter(
            thing_type=ContentType.objects.get_for_model(CampaignEntry)
        )
        moved = moves.filter(
            Q(undone_at__isnull=True) | Q(undone_at__gt=past), reorganisation__moved_at__lte=past
        )
        inherited = Q(new_id=OuterRef("pk")) & ~Q(thing_id=F("new_id"))
        return self.filter(
            ~Exists(moved.filter(thing_id=OuterRef("pk"))),
            ~Exists(moves.filter(inherited)) | Exists(moved.filter(inherited)),
            campaign__opened_at__lte=past,
        )

    def waiting(self) -> "EntryQuerySet":
        """Return those not confirmed yet."""
        return self.current().filter(confirmed_at__isnull=True, campaign__closed_at__isnull=True)


class CampaignEntry(models.Model):
    """One agency's part of a campaign: confirmed when, by whom, with which list before it.

    `checked` are the codes found right so far, while the agency prepares; `listed` is the list as
    it was confirmed (code, title, deadline, state), which later corrections leave as it was.
    """

    campaign = models.ForeignKey(ReviewCampaign, on_delete=models.PROTECT, related_name="entries")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.TextField(_("note"), blank=True)
    checked = models.JSONField(default=list)
    listed = models.JSONField(default=list)
    moved_at = models.DateTimeField(
        null=True, help_text=_("From then on the successor of the agency confirms it (rule 2.5).")
    )

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("list of a review campaign")
        verbose_name_plural = _("lists of review campaigns")
        ordering = ["agency__kind__order", "agency__order"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "agency"], name="campaign_asks_once"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(confirmed_by__isnull=False),
                name="entry_confirmed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign}: {self.agency}"

    def get_absolute_url(self) -> str:
        """Return the agency's page of the campaign."""
        return reverse("campaign_entry", args=[self.campaign.code, self.agency.code])

    @property
    def is_waiting(self) -> bool:
        """Whether the agency can still confirm it."""
        return self.confirmed_at is None and self.moved_at is None and self.campaign.is_running

    @property
    def is_late(self) -> bool:
        """Whether it was confirmed at or after the campaign's deadline: accepted, shown late."""
        return self.confirmed_at is not None and self.confirmed_at >= self.campaign.due_at


class MarkQuerySet(models.QuerySet):
    """Questions about the corrections agencies mark."""

    def visible_to(self, actor) -> "MarkQuerySet":
        """Marks are drafts of the agency alone until its head confirms; then the Office's too."""
        own = Q(entry__agency=actor.agency_id) if actor.agency_id else Q(pk__in=[])
        if actor.sees_everything:
            return self.filter(own | Q(entry__confirmed_at__isnull=False))
        return self.filter(own)

    def given(self) -> "MarkQuerySet":
        """Return those whose list was confirmed."""
        return self.filter(entry__confirmed_at__isnull=False)

    def standing(self, past: datetime | None = None) -> "MarkQuerySet":
        """Return those given with `decision_then`: what was made of each, by now or by a past
        instant (rule 8.9).
        """
        if past is None:
            return self.given().annotate(decision_then=F("decision"))
        decided = When(decided_at__lte=past, then=F("decision"))
        given = self.filter(entry__confirmed_at__lte=past)
        return given.annotate(decision_then=Case(decided, default=Value("")))

    def undecided(self, past: datetime | None = None) -> "MarkQuerySet":
        """Return those given and neither applied nor refused, now or by a past instant."""
        return self.standing(past).filter(decision_then="")


class CampaignMark(models.Model):
    """One correction an agency marks on its list, and what the Office made of it.

    `proposed` holds what should stand instead: a day (`due_on`), an agency's code (`lead`), a
    task's code (`same_as`), words (`title`, `wording`, `source`), a number (`document_number`).
    """

    class Kind(models.TextChoices):
        WRONG_DEADLINE = "wrong_deadline", _("the deadline is wrong")
        WRONG_LEAD = "wrong_lead", _("another agency leads")
        WRONG_WORDING = "wrong_wording", _("the wording is wrong")
        DONE = "done", _("it was done already")
        DOUBLED = "doubled", _("it is listed twice")
        MISSING = "missing", _("a task is missing")

    class Decision(models.TextChoices):
        APPLIED = "applied", _("applied")
        REFUSED = "refused", _("refused")

    entry = models.ForeignKey(CampaignEntry, on_delete=models.PROTECT, related_name="marks")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, null=True, related_name="marks")
    kind = models.CharField(_("what is wrong"), max_length=20, choices=Kind.choices)
    text = models.TextField(_("why"), blank=True)
    proposed = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.TextField(blank=True)

    objects = MarkQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="missing", task__isnull=True)
                | (~Q(kind="missing") & Q(task__isnull=False)),
                name="mark_names_its_task",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True)
                | (~Q(decision="") & Q(decided_at__isnull=False)),
                name="mark_decided_at_a_moment",
            ),
            models.UniqueConstraint(
                fields=["entry", "task", "kind"],
                condition=Q(decision="", task__isnull=False),
                name="mark_once_while_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.kind}"


class SpotCheckQuerySet(models.QuerySet):
    """Questions about spot checks."""

    def visible_to(self, actor) -> "SpotCheckQuerySet":
        """Leaders and the Office see them; an agency hears of its own tasks by their events."""
        return self if actor.sees_everything else self.none()

    def standing(self, past: datetime | None = None) -> "SpotCheckQuerySet":
        """Count of each what was found (`done`, `not_done`), what is doubted and what waits, now or
        by a past instant; those not drawn by then are left out (rule 8.9).
        """
        drawn, waits = self, Q(items__checked_at__isnull=True)
        checked, doubted = Q(items__checked_at__isnull=False), Q(items__doubted_at__isnull=False)
        if past is not None:
            drawn, waits = self.filter(drawn_at__lte=past), waits | Q(items__checked_at__gt=past)
            checked, doubted = Q(items__checked_at__lte=past), Q(items__doubted_at__lte=past)
        result = SpotCheckItem.Result
        return drawn.annotate(
            waiting=Count("items", filter=waits),
            doubted=Count("items", filter=waits & doubted),
            done=Count("items", filter=checked & Q(items__result=result.DONE)),
            not_done=Count("items", filter=checked & Q(items__result=result.NOT_DONE)),
        )


class SpotCheck(models.Model):
    """A random sample of completed tasks whose evidence the Office checks (phúc tra).

    Drawn by `seed` from the tasks completed in [`from_on`, `to_on`] (of one agency or competence,
    if named), so that anybody can draw the same sample again (`tasks.reviewing.sampling`).
    """

    code = models.CharField(_("code"), max_length=20, unique=True)
    title = models.CharField(_("title"), max_length=300)
    from_on = models.DateField(_("completed from"))
    to_on = models.DateField(_("completed to"))
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    competence = models.ForeignKey(
        Competence, on_delete=models.PROTECT, null=True, related_name="+"
    )
    size = models.PositiveSmallIntegerField(_("how many"))
    population = models.PositiveIntegerField()
    seed = models.CharField(max_length=40)
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")

    objects = SpotCheckQuerySet.as_manager()

    class Meta:
        ordering = ["-drawn_at", "-id"]
        verbose_name = _("spot check")
        verbose_name_plural = _("spot checks")

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        """Return the spot check's page."""
        return reverse("spot_check", args=[self.code])


class ItemQuerySet(models.QuerySet):
    """Questions about drawn tasks."""

    def visible_to(self, actor) -> "ItemQuerySet":
        """Leaders and the Office see them, as the spot check itself."""
        return self if actor.sees_everything else self.none()

    def unchecked(self) -> "ItemQuerySet":
        """Return those whose evidence nobody has judged."""
        return self.filter(result="")


class SpotCheckItem(models.Model):
    """One drawn task and what the check of its evidence found.

    An officer who finds that it was not done says so (`doubted_at`); who may reopen it decides.
    """

    class Result(models.TextChoices):
        DONE = "done", _("done as reported")
        NOT_DONE = "not_done", _("not done: reopened")

    spot_check = models.ForeignKey(SpotCheck, on_delete=models.PROTECT, related_name="items")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="spot_checks")
    result = models.CharField(max_length=10, choices=Result.choices, blank=True)
    note = models.TextField(_("what was found"), blank=True)
    doubted_at = models.DateTimeField(null=True)
    doubted_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["spot_check", "task"], name="drawn_once_a_check"),
            models.CheckConstraint(
                condition=Q(result="", checked_at__isnull=True)
                | (~Q(result="") & Q(checked_at__isnull=False, checked_by__isnull=False)),
                name="drawn_task_checked_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.spot_check_id} {self.task_id}"
