"""The tables of the existing platform's database `performance`, with exactly its columns."""
