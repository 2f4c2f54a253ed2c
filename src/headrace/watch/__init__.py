"""Judgements of what there is now, given what was expected."""
