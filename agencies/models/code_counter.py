"""Public codes, unique per body and year: NV-2026-0412 (domain 1)."""

from django.db import models


class CodeCounter(models.Model):
    """The last number given under one prefix in one year."""

    prefix = models.CharField(max_length=5)
    year = models.PositiveSmallIntegerField()
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["prefix", "year"], name="one_counter_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}"

    @classmethod
    def take(cls, prefix: str, year: int) -> str:
        """Return the next code; the counter's row stays locked until the transaction ends."""
        return cls.take_many(prefix, year, 1)[0]

    @classmethod
    def take_many(cls, prefix: str, year: int, count: int) -> list[str]:
        """Return the next codes in order, in one step, under the same lock."""
        cls.objects.bulk_create([cls(prefix=prefix, year=year)], ignore_conflicts=True)
        counter = cls.objects.select_for_update().get(prefix=prefix, year=year)
        first = counter.last_number + 1
        counter.last_number += count
        counter.save(update_fields=["last_number"])
        return [f"{prefix}-{year}-{number:04d}" for number in range(first, first + count)]
