"""送达: side effects, written with the act and carried out afterwards, at least once."""
