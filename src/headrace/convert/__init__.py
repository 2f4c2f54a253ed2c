"""The edge where the bytes of a resource become cells of text, whatever format they came in."""
