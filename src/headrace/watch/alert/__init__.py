"""Alerts: from the results of probes to the few messages that are worth a person's time."""
