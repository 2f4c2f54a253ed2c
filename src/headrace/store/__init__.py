"""Edge: what is kept, in a lake of files that are written once."""
