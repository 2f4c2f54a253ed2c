"""The value stream: pure measures of the event record."""
