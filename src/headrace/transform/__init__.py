"""Phases: each takes a batch and the rules of its resource and returns a new batch."""
