"""Reports on the quality of what is collected and published, each of which ends in something to do."""
