"""Accounts, posts, portfolios and one delegation in force for the people of the roster."""

from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password

from agencies.models import (
    Agency,
    AgencyCompetence,
    Competence,
    Delegation,
    Post,
    PostTitle,
    User,
)
from reports.demonstration.roster import PORTFOLIOS, RESPONSIBLE, people


def settle(today: date) -> None:
    """Make everybody's account and posts; all share the demonstration's one password."""
    password = make_password(settings.DEMONSTRATION_PASSWORD)
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    titles = {title.name: title for title in PostTitle.objects.all()}
    posts: dict[str, Post] = {}
    for number, person in enumerate(people()):
        user = User.objects.create(
            username=person.username,
            full_name=person.full_name,
            email=f"{person.username}@anlao.example",
            password=password,
        )
        for agency, title in person.posts:
            post = Post.objects.create(
                user=user,
                agency=agencies[agency],
                title=titles[title],
                starts_on=date(today.year - 2, 1 + number % 12, 1),
            )
            posts.setdefault(person.username, post)
    _share_portfolios(posts)
    _register_responsible(posts)
    _lend_authority(posts, today)


def _share_portfolios(posts: dict[str, Post]) -> None:
    for username, (competences, agencies) in PORTFOLIOS.items():
        posts[username].competences.set(Competence.objects.filter(code__in=competences.split()))
        posts[username].agencies.set(Agency.objects.filter(code__in=agencies.split()))


def _register_responsible(posts: dict[str, Post]) -> None:
    for username, (agency, competence) in RESPONSIBLE.items():
        AgencyCompetence.objects.filter(agency__code=agency, competence__code=competence).update(
            responsible=posts[username]
        )


def _lend_authority(posts: dict[str, Post], today: date) -> None:
    """The head of finance is on a course: his officer answers consultations for him (TUQ.)."""
    Delegation.objects.create(
        from_post=posts["truongtaichinh"],
        to_post=posts["cvtaichinh"],
        acts=["opinion.", "consultation."],
        starts_on=today - timedelta(days=5),
        ends_on=today + timedelta(days=25),
        document_number="15/UQ-TCKH",
    )
