"""What is said of a resource before its first phase: how it was converted, where that is worth saying."""

from dataclasses import replace

import polars as pl

from headrace.model.batch import Batch
from headrace.model.cells import Converted
from headrace.model.issue import ISSUE_SCHEMA, REFUSED_SCHEMA

DOUBTFUL = "doubtful conversion"


def tell_conversion(batch: Batch, conversion: Converted) -> Batch:
    """The batch with an issue for each doubtful decision, and each record that was left out among those refused.

    The issues are about no entry: their field is what was decided, their value what was chosen, their message why.
    """
    doubtful = [
        {"field": made.about, "type": DOUBTFUL, "value": made.choice, "message": made.reason}
        for made in conversion.decisions
        if made.confidence == "doubtful"
    ]
    left_out = [
        {"line": record.line, "phase": "convert", "reason": record.reason, "value": record.text}
        for record in conversion.left_out
    ]
    refused = pl.concat([pl.DataFrame(left_out, schema=REFUSED_SCHEMA), batch.refused])
    in_order = refused.sort("line", maintain_order=True)
    return replace(batch, refused=in_order).with_issues(pl.DataFrame(doubtful, schema=ISSUE_SCHEMA))
