"""The office's present list comes in from a sheet: read, mapped, tried, brought in (rule 4.6)."""
