"""The checklist of dossiers and the reasons of returns an office begins with (rule 7.2)."""

from django.db import migrations

CHECKLIST = (
    ("competence", "Đúng thẩm quyền giải quyết của nơi trình"),
    ("unanimity", "Đã thống nhất giữa các cơ quan liên quan"),
    ("form", "Đúng thể thức, kỹ thuật trình bày"),
    ("completeness", "Đủ thành phần hồ sơ, tài liệu kèm theo"),
    ("deadline", "Trình trong thời hạn được giao"),
)
RETURNS = (
    ("not_unified", "Chưa thống nhất ý kiến giữa các cơ quan"),
    ("incomplete", "Hồ sơ chưa đầy đủ"),
    ("wrong_form", "Không đúng thể thức"),
    ("own_competence", "Thuộc thẩm quyền giải quyết của cơ quan trình"),
    ("wrong_addressee", "Trình không đúng nơi nhận"),
)


def add_rows(apps, schema_editor):
    for model, rows in (("ChecklistItem", CHECKLIST), ("ReturnCode", RETURNS)):
        manager = apps.get_model("consultations", model).objects
        for order, (code, name) in enumerate(rows, start=1):
            manager.get_or_create(code=code, defaults={"name": name, "order": order})


def remove_rows(apps, schema_editor):
    for model, rows in (("ChecklistItem", CHECKLIST), ("ReturnCode", RETURNS)):
        manager = apps.get_model("consultations", model).objects
        manager.filter(code__in=[code for code, _name in rows]).delete()


class Migration(migrations.Migration):

    replaces = [
        ('consultations', '0003_checklist_and_return_codes'),
    ]

    dependencies = [
        ('consultations', '0001_tables'),
    ]

    operations = [
        migrations.RunPython(add_rows, remove_rows),
    ]
