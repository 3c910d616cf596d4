"""Briefing mode (giao ban): agency by agency on one screen, decisions on the spot (rule 8.3)."""
