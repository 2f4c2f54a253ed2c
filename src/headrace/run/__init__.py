"""The main flow, from endpoints to a release, and the steps it is made of."""
