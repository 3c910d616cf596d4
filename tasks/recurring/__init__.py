"""Work that comes again each period: its rule begun, changed, ended; occurrences opened (5.10)."""
