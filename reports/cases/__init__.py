"""Accountability and praise (rule 9.1): drafted from frozen figures, stated, signed, decided."""
