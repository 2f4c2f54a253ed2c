"""Whether a release is as good as the one before it: what differs is counted, and judged against ordinary nights."""
