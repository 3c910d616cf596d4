"""Inspections of how agencies do their duty (kiểm tra công vụ, rule 9.2)."""
