"""Expectations: what a dataset should be like, judged on its tables."""
