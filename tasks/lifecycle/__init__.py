"""The acts on tasks (domain 5.2): each locks, checks, changes and records in one transaction."""

from tasks.lifecycle.assigning import assign

__all__ = ["assign"]
