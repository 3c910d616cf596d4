"""Agencies merged and split (rule 2.5): two communes became one and their open work was moved; a
centre is closed from today, and its work waits to be shared out between two successors.
"""

from datetime import timedelta

from agencies import closing, reorganising
from agencies.acting import Actor
from agencies.deadlines import local_day
from agencies.models import Agency, Post, PostTitle
from reports.demonstration.stage import Stage
from reports.demonstration.timeline import Story

MERGED = ("xa-truong-thanh", "xa-truong-tho")
MERGER, SPLIT = "1204/QĐ-UBND", "1251/QĐ-UBND"


def stories(stage: Stage) -> list[Story]:
    """Return the story of the merger and of the split."""
    return [_merged(stage), _split(stage)]


def _merged(stage: Stage) -> Story:
    """The chair of the first commune heads the new one from its first day."""
    at = stage.ago(2, 8, 5)
    yield at
    first, second = (stage.agencies[code] for code in MERGED)
    chair = stage.head(first, at).post
    new = Agency.objects.create(
        code="xa-an-truong",
        name="Ủy ban nhân dân xã An Trường",
        short_name="Xã An Trường",
        aliases=["UBND xã An Trường", "An Trường"],
        kind=first.kind,
        order=first.order,
        opened_on=local_day(at),
    )
    administrator = stage.actor("quantri", at)
    for old in (first, second):
        closing.close(
            old, administrator, at, closed_on=local_day(at), successors=[new],
            document_number=MERGER,
        )  # fmt: skip
    Post.objects.create(
        user=chair.user,
        agency=new,
        title=PostTitle.objects.get(name="Chủ tịch UBND"),
        starts_on=local_day(at),
    )
    for minutes, old in ((70, first), (85, second)):
        later = at + timedelta(minutes=minutes)
        yield later
        _moved(old, stage.actor("chanhvp", later), later)


def _split(stage: Stage) -> Story:
    """Closed from today; the chief has not shared its work out yet."""
    at = stage.ago(1, 16, 50)
    yield at
    successors = [stage.agencies[code] for code in ("tai-nguyen-moi-truong", "ban-qlda")]
    closing.close(
        stage.agencies["tt-quy-dat"], stage.actor("quantri", at), at, closed_on=stage.today,
        successors=successors, document_number=SPLIT,
    )  # fmt: skip


def _moved(old: Agency, chief: Actor, at) -> None:
    preview = reorganising.Preview(Agency.objects.get(pk=old.pk), at)
    chosen = {line.work.key: line.suggested for line in preview.lines}
    reorganising.move(
        preview.agency, chief, at, document_number=MERGER, chosen=chosen,
        fingerprint=preview.fingerprint,
    )  # fmt: skip
