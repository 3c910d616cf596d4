"""The top floor's pages."""
