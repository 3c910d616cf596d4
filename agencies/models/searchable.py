"""Things whose words are found by their beginnings (`agencies.listing.with_beginnings`)."""

from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models


class Searchable(models.Model):
    """`search_text` is folded (no diacritics), kept by the model; its Meta indexes the vector."""

    search_text = models.TextField(editable=False, default="")
    search_vector = models.GeneratedField(
        expression=SearchVector("search_text", config="simple"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        abstract = True
