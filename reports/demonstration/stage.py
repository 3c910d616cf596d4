"""Where the stories play: who is there, and which instants lie how long before now."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from agencies.acting import Actor
from agencies.deadlines import ZONE, Calendar, local_day
from agencies.models import Agency, AgencyGroup, CalendarDay, Competence, Delegation, Post
from tasks.models import Authority, DirectiveKind

POST_WORDS = ("user", "title", "agency")


@dataclass
class Stage:
    """The district at the instant `at`, read once by the command."""

    at: datetime

    @cached_property
    def today(self) -> date:
        """The offices' day."""
        return local_day(self.at)

    @cached_property
    def calendar(self) -> Calendar:
        """The confirmed calendar."""
        return CalendarDay.objects.calendar()

    @cached_property
    def agencies(self) -> dict[str, Agency]:
        """Agencies by code."""
        return {agency.code: agency for agency in Agency.objects.select_related("kind")}

    @cached_property
    def groups(self) -> dict[str, AgencyGroup]:
        """Groups by code."""
        return {group.code: group for group in AgencyGroup.objects.all()}

    @cached_property
    def competences(self) -> dict[str, Competence]:
        """Competences by code."""
        return {competence.code: competence for competence in Competence.objects.all()}

    @cached_property
    def authorities(self) -> dict[str, Authority]:
        """Who issues directives, by code."""
        return {authority.code: authority for authority in Authority.objects.all()}

    @cached_property
    def kinds(self) -> dict[str, DirectiveKind]:
        """Kinds of directives by code."""
        return {kind.code: kind for kind in DirectiveKind.objects.all()}

    @cached_property
    def _posts(self) -> dict[str, Post]:
        posts = Post.objects.for_display().order_by("-title__rank", "pk")
        return {post.user.username: post for post in posts}

    @cached_property
    def _heads(self) -> dict[int, Post]:
        posts = Post.objects.held_on(self.today).heads().for_display().order_by("-pk")
        return {post.agency_id: post for post in posts}

    def actor(self, username: str, at: datetime) -> Actor:
        """Return a person acting at an instant under the first of the posts."""
        post = self._posts[username]
        return Actor(post.user, post, None, local_day(at))

    def head(self, agency: Agency, at: datetime) -> Actor | None:
        """Return the agency's head, or None where nobody has an account."""
        post = self._heads.get(agency.pk)
        return post and Actor(post.user, post, None, local_day(at))

    @cached_property
    def lent(self) -> Delegation:
        """The authority of the head of finance, lent while he is on a course."""
        return Delegation.objects.select_related(
            *(f"{end}__{each}" for end in ("from_post", "to_post") for each in POST_WORDS)
        ).get(to_post__user__username="cvtaichinh")

    def replier(self, agency: Agency, at: datetime) -> Actor | None:
        """Return who answers for an agency: who holds the head's authorisation that day (TUQ.)
        or the head.
        """
        day, lent = local_day(at), self.lent
        if agency == lent.from_post.agency and lent.starts_on <= day <= lent.ends_on:
            return Actor(lent.to_post.user, lent.to_post, lent, day)
        return self.head(agency, at)

    def day(self, ago: int) -> date:
        """Return the working day so many days before today, or the one before it."""
        day = self.today - timedelta(days=ago)
        return day if self.calendar.is_working(day) else self.calendar.add_working_days(day, -1)

    def ago(self, days: int, hour: int = 9, minute: int = 0) -> datetime:
        """Return an instant in working hours so many days ago, always before now."""
        instant = datetime.combine(self.day(days), time(hour, minute), ZONE)
        if instant < self.at:
            return instant
        before = self.calendar.add_working_days(self.today, -1)
        return datetime.combine(before, time(hour, minute), ZONE)

    def in_days(self, days: int) -> date:
        """Return the day so many days after today, working or not."""
        return self.today + timedelta(days=days)
