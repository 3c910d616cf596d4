"""How the acts on imported lists read in a timeline, after the actor's name."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "import.taken_in": _("took in the list %(file)s"),
    "import.sheet_chosen": _("chose the sheet “%(sheet)s” and its head"),
    "import.mapped": _("said which column holds what"),
    "import.name_settled": _("settled that “%(written)s” means %(name)s"),
    "import.row_corrected": _("put row %(row)s right"),
    "import.row_left_out": _("left row %(row)s out"),
    "import.row_taken_up": _("took row %(row)s up again"),
    "import.blocked_left_out": _("left %(rows)s rows out that something stood against"),
    "import.submitted": _("handed the list to the chief: %(tasks)s tasks"),
    "import.brought_in": _("brought the list in: %(rows)s rows, %(tasks)s tasks"),
    "import.undone": _("took the list back: %(tasks)s tasks cancelled, %(left)s stay"),
    "task.begun_before": _("noted from the list: under way, %(percent)s%%"),
    "task.import_undone": _("cancelled the task: the list %(batch)s was taken back"),
}
