"""Checks of a release against the one before it: one kind of fault each."""
