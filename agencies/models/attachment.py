"""Files: kept outside the web root, handed out only through their thing's `visible_to`."""

import uuid
from collections.abc import Sequence

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse

from agencies.models.event import visible_by_thing


def stored_name(attachment: "Attachment", filename: str) -> str:
    """Return a name on disk that says nothing and cannot collide."""
    return f"{attachment.public_id.hex[:2]}/{attachment.public_id.hex}"


class AttachmentQuerySet(models.QuerySet):
    """Questions about files."""

    def of(self, thing: models.Model) -> "AttachmentQuerySet":
        """Return the files of a thing, oldest first."""
        content_type = ContentType.objects.get_for_model(thing)
        return self.filter(thing_type=content_type, thing_id=thing.pk).order_by("id")

    def of_many(self, things: Sequence[models.Model]) -> "AttachmentQuerySet":
        """Return the files of several things of one model, oldest first."""
        if not things:
            return self.none()
        content_type = ContentType.objects.get_for_model(things[0])
        pks = [thing.pk for thing in things]
        return self.filter(thing_type=content_type, thing_id__in=pks).order_by("id")

    def visible_to(self, actor) -> "AttachmentQuerySet":
        """Return the files of things the actor may see (rule 2.4)."""
        return visible_by_thing(self, actor)


class Attachment(models.Model):
    """One file of one thing. `role` says what for: directive, evidence, consultation, paper …."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    thing_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    thing_id = models.BigIntegerField()
    thing = GenericForeignKey("thing_type", "thing_id")
    event = models.ForeignKey("Event", on_delete=models.PROTECT, null=True, related_name="files")
    role = models.CharField(max_length=30)
    file = models.FileField(upload_to=stored_name, max_length=200)
    name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField()

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["thing_type", "thing_id"])]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the download address; it answers 404 to whoever may not see the thing."""
        return reverse("attachment", args=[self.public_id])
