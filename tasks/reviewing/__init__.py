"""Looking again at what was assigned and done: review campaigns and spot checks (rule 5.13)."""
