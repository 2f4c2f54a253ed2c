"""Edge: the artefacts of a release, each written whole from frames; the same frames give the same bytes."""
