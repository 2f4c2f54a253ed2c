"""The questions that the web asks of a release, in SQL; each module answers one kind."""
