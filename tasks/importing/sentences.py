"""How the acts on imported lists read in a timeline, after the actor's name."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

SENTENCES = {
    "import.taken_in": _("took in the list %(file)s"),
    "import.sheet_chosen": _("chose the sheet “%(sheet)s” and its head"),
    "import.mapped": _("said which column holds what"),
    "import.name_settled": _("settled that “%(written)s” means %(name)s"),
    "import.row_corrected": _("put row %(row)s right"),
    "import.row_left_out": _("left row %(row)s out"),
    "import.row_taken_up": _("took row %(row)s up again"),
    "import.blocked_left_out": ngettext_lazy(
        "left %(rows)s row out that something stood against",
        "left %(rows)s rows out that something stood against",
        "rows",
    ),
    "import.submitted": ngettext_lazy(
        "handed the list to the chief: %(tasks)s task",
        "handed the list to the chief: %(tasks)s tasks",
        "tasks",
    ),
    "import.brought_in": _("brought the list in; rows: %(rows)s, tasks: %(tasks)s"),
    "import.undone": ngettext_lazy(
        "took the list back: %(tasks)s task cancelled, %(left)s kept",
        "took the list back: %(tasks)s tasks cancelled, %(left)s kept",
        "tasks",
    ),
    "task.begun_before": _("noted from the list: under way, %(percent)s%%"),
    "task.import_undone": _("cancelled the task: the list %(batch)s was taken back"),
}
