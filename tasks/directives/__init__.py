"""Directives from the paper to the addressees: draft, header, proposals, acknowledgement."""
