"""What people type into a search box, as a query of the full-text index."""

import re


def make_match(text: str) -> str:
    """The full-text query for names and references that have every word of a text, the last perhaps unfinished.

    `St Mary's ch` → `"St" "Mary" "s" "ch"*`. A text without a word matches nothing.
    """
    found = re.findall(r"\w+", text)
    if not found:
        return '""'
    return " ".join(f'"{word}"' for word in found) + "*"
