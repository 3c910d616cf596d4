"""Forms of this floor. Rules stay in the acts."""
