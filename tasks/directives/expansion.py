"""Groups spelled out: which agencies words like "các xã, thị trấn" mean on a day (rule 4.2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from agencies.models import Agency, AgencyGroup
from tasks.models import Proposal


@dataclass
class Expansion:
    """The agencies and groups of one day, loaded once for a whole page or approval."""

    day: date

    @cached_property
    def agencies(self) -> dict[int, Agency]:
        """Agencies open on the day by id, in official order."""
        rows = Agency.objects.open_on(self.day).in_official_order().select_related("kind")
        return {agency.pk: agency for agency in rows}

    @cached_property
    def names(self) -> dict[str, str]:
        """The names of the open agencies and the groups by code."""
        groups = {group.code: group.name for group in AgencyGroup.objects.all()}
        return groups | {agency.code: agency.short_name for agency in self.agencies.values()}

    @cached_property
    def _kinds(self) -> dict[int, set[int]]:
        groups = AgencyGroup.objects.prefetch_related("kinds")
        return {group.pk: {kind.pk for kind in group.kinds.all()} for group in groups}

    def of_group(self, group: AgencyGroup) -> list[Agency]:
        """Return the group's agencies open on the day, in official order."""
        kinds = self._kinds.get(group.pk, set())
        return [agency for agency in self.agencies.values() if agency.kind_id in kinds]

    def spell_out(
        self, agencies: Iterable[Agency], groups: Iterable[AgencyGroup]
    ) -> dict[Agency, str]:
        """Return each open agency once, in official order, with the group's name it came by."""
        came_by: dict[int, str] = {}
        for group in groups:
            for agency in self.of_group(group):
                came_by.setdefault(agency.pk, group.name)
        for agency in agencies:
            came_by[agency.pk] = ""
        return {
            agency: came_by[agency.pk] for agency in self.agencies.values() if agency.pk in came_by
        }

    def leads(self, proposal: Proposal) -> list[Agency]:
        """Return who answers for a proposal on the day: one task each (rule 5.1)."""
        return list(self.spell_out(proposal.lead_agencies.all(), proposal.lead_groups.all()))

    def coordinating(self, proposal: Proposal) -> list[Agency]:
        """Return who helps, less those closed by the day."""
        return [agency for agency in proposal.coordinating.all() if agency.pk in self.agencies]
