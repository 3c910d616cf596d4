"""One act on one thing: the timeline, append-only (domain 1, 3.8, 11)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.indexes import BrinIndex
from django.db import IntegrityError, connection, models, transaction
from django.db.models import F, Q

from agencies.models.append_only import append_only
from agencies.sentences import sentence


class AlreadyDone(Exception):
    """The act was recorded before: the same form posted twice, the same job run twice."""

    def __init__(self, event: "Event | None") -> None:
        self.event = event
        super().__init__(event.key if event else "")


class EventQuerySet(models.QuerySet):
    """Questions about events."""

    def of(self, *things: models.Model) -> "EventQuerySet":
        """Return the events of the things, oldest first."""
        wanted = Q(pk__in=[])
        for thing in things:
            content_type = ContentType.objects.get_for_model(thing)
            wanted |= Q(thing_type=content_type, thing_id=thing.pk)
        return self.filter(wanted).order_by("effective_at", "id")

    def of_many(self, things: models.QuerySet) -> "EventQuerySet":
        """Return the events of all things of a queryset."""
        content_type = ContentType.objects.get_for_model(things.model)
        return self.filter(thing_type=content_type, thing_id__in=things.values("pk"))

    def for_timeline(self) -> "EventQuerySet":
        """Load what a timeline shows."""
        return self.select_related(
            "actor", "post__title", "post__agency", "on_behalf_of__title", "on_behalf_of__agency"
        ).prefetch_related("files")

    def refuse_again(self, key: str | None) -> None:
        """Raise AlreadyDone when an act of that key was recorded before (a form posted twice)."""
        done = self.filter(key=key).first() if key is not None else None
        if done is not None:
            raise AlreadyDone(done)

    def visible_to(self, actor) -> "EventQuerySet":
        """Return the events of things the actor may see (rule 2.4)."""
        return visible_by_thing(self, actor)


class Event(models.Model):
    """One act: what, on what, by whom under which post, when. Written once, never edited."""

    act = models.CharField(max_length=60)
    params = models.JSONField(default=dict)
    thing_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    thing_id = models.BigIntegerField()
    thing = GenericForeignKey("thing_type", "thing_id")
    thing_text = models.CharField(max_length=300)
    thing_url = models.CharField(max_length=300)
    actor = models.ForeignKey("User", on_delete=models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey("Post", on_delete=models.PROTECT, null=True, related_name="+")
    delegation = models.ForeignKey(
        "Delegation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    on_behalf_of = models.ForeignKey("Post", on_delete=models.PROTECT, null=True, related_name="+")
    capacity = models.CharField(max_length=5, blank=True)
    effective_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    key = models.CharField(max_length=200, null=True, unique=True)  # noqa: DJ001 (NULL: no key)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["effective_at", "id"]
        indexes = [
            models.Index(fields=["thing_type", "thing_id", "effective_at"]),
            models.Index(
                fields=["recorded_at"],
                name="event_reaching_back",
                condition=Q(recorded_at__gt=F("effective_at")),
            ),
            BrinIndex(fields=["recorded_at"], name="event_recorded", autosummarize=True),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.act} {self.thing_text}"

    @property
    def sentence(self) -> str:
        """What happened, in the active language, without the actor's name."""
        return sentence(self.act, {**self.params, "thing": self.thing_text})


def record(
    act: str,
    thing: models.Model,
    actor,
    at: datetime,
    *,
    effective_at: datetime | None = None,
    key: str | None = None,
    **params: Any,
) -> Event:
    """Write the event of an act inside the act's own transaction and return it.

    `key` makes it unique: pass `actor.form_key` for the main event of an act posted by a form,
    or a job's own key. Raises `AlreadyDone` with the first event when the key is taken, which
    rolls the second act back. `effective_at` defaults to `at`, the time of recording.
    """
    told = [(thing, params)]
    return record_all(act, told, actor, at, effective_at=effective_at, key=key)[0]


def record_all(
    act: str,
    told: Iterable[tuple[models.Model, dict[str, Any]]],
    actor,
    at: datetime,
    *,
    effective_at: datetime | None = None,
    key: str | None = None,
) -> list[Event]:
    """Write an act's events on many things at once, each thing given with its parameters.

    Returns them in the order given. `key` is as in `record` and goes to the first of them: a form
    is posted once, however many things its act makes.
    """
    events = [_event(act, thing, actor, at, effective_at or at, params) for thing, params in told]
    if key is None:
        return Event.objects.bulk_create(events)
    events[0].key = key
    try:
        with transaction.atomic():  # waits for a concurrent twin, then fails on its key
            Event.objects.bulk_create(events)
    except IntegrityError:
        raise AlreadyDone(Event.objects.filter(key=key).first()) from None
    return events


SELECTED = ("act", "params", "thing_id", "thing_text", "thing_url", "effective_at", "key")


def record_selected(rows: models.QuerySet, at: datetime) -> list[tuple[str, int, int]]:
    """Let the database write a job's events from what it selects itself, thousands in one step.

    `rows` are things with the columns named in `SELECTED`. An event whose key is taken was written
    before and is passed over; a twin that writes it at this moment is waited for (rule 3.10).
    Returns act, event's id and thing's id of those that are new.
    """
    constants = {
        "thing_type_id": ContentType.objects.get_for_model(rows.model).pk,
        "capacity": "",
        "recorded_at": at,
    }
    select, params = rows.values_list(*SELECTED).query.sql_with_params()
    columns = ", ".join((*SELECTED, *constants))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Event._meta.db_table} ({columns}) SELECT found.*, %s, %s, %s"
            f" FROM ({select}) found ON CONFLICT (key) DO NOTHING RETURNING act, id, thing_id",
            [*constants.values(), *params],
        )
        return cursor.fetchall()


def _event(
    act: str, thing: models.Model, actor, at: datetime, effective_at: datetime, params: dict
) -> Event:
    return Event(
        act=act,
        params=params,
        thing_type=ContentType.objects.get_for_model(thing),
        thing_id=thing.pk,
        thing_text=str(thing)[:300],
        thing_url=thing.get_absolute_url(),
        actor=actor.user,
        post=actor.post,
        delegation=actor.delegation,
        on_behalf_of=_on_behalf_of(actor),
        capacity=actor.capacity,
        effective_at=effective_at,
        recorded_at=at,
    )


def _on_behalf_of(actor):
    if actor.delegation is not None:
        return actor.delegation.from_post
    return None


def visible_by_thing(queryset: models.QuerySet, *actors) -> models.QuerySet:
    """Narrow rows that point at a thing to those whose thing one of the actors may see."""
    return queryset.filter(thing_is_visible(queryset, *actors))


def thing_is_visible(queryset: models.QuerySet, *actors) -> Q:
    """Return the condition that one of the actors may see the thing a row points at (rule 2.4).

    `queryset` are the rows in question: only the models they point at are asked.
    """
    visible = Q(pk__in=[])
    types = (
        queryset.filter(thing_type__isnull=False).order_by().values_list("thing_type", flat=True)
    )
    for pk in types.distinct():
        content_type = ContentType.objects.get_for_id(pk)  # known to the process after its first
        things = content_type.model_class()._default_manager
        for actor in actors:
            seen = things.visible_to(actor).values("pk")
            visible |= Q(thing_type=content_type, thing_id__in=seen)
    return visible


__all__ = [
    "AlreadyDone",
    "Event",
    "record",
    "record_all",
    "record_selected",
    "thing_is_visible",
    "visible_by_thing",
]
