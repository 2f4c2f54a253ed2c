"""What data should be: the specification, the configuration, and the rules that follow from both for one resource."""
