"""Tables, charts and texts that people read."""
