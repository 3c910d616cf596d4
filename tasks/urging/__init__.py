"""Urging: one numbered letter an agency about its overdue, or undated and silent, tasks (8.2)."""
