"""The command line: noun and verb, one call each."""
