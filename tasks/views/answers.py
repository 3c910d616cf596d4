"""What every page of this floor answers to bad input."""

BAD_REQUEST = 400
