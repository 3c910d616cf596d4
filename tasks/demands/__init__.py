"""Superiors' demands: what the body itself owes upward, by when, met by which document (4.1)."""
