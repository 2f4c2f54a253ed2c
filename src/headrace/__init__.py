"""Headrace: a planning data service that shows where data waits."""

__version__ = "0.1.0"
