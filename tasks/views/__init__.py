"""Pages of this floor: each parses, calls a question or an act, and shows."""
