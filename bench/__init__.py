"""Measures of speed and of the reader: `make bench`, `make bench-reader`."""
