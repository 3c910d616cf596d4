"""What a report counts of an agency beside its tasks (rule 8.5)."""

from consultations.models import DossierVersion, Opinion, PoorMark
from reports.rows.dossiers import dossier_rows
from reports.rows.kinds import Source
from reports.rows.lines import line_rows
from reports.rows.papers import paper_rows, urging_rows
from reports.rows.poor import poor_rows
from reports.rows.spot_checks import spot_rows
from tasks.models import SpotCheckItem, Urging

SOURCES = (
    Source("lines", lambda since, terms: line_rows(Opinion.objects.all(), since, terms.at)),
    Source("poor", lambda since, terms: poor_rows(PoorMark.objects.all(), since, terms.at)),
    Source(
        "dossiers", lambda since, terms: dossier_rows(DossierVersion.objects.all(), since, terms.at)
    ),
    Source(
        "spot_checks", lambda since, terms: spot_rows(SpotCheckItem.objects.all(), since, terms.at)
    ),
    Source("urgings", lambda since, terms: urging_rows(Urging.objects.all(), since, terms.at)),
    Source("papers", lambda since, terms: paper_rows(since, terms.at)),
)
