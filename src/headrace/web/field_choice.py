"""Which fields of an entity a client wants to be told."""

from collections.abc import Sequence
from dataclasses import dataclass

import orjson

from headrace.web.parameter_fault import ParameterFault, unknown_value
from headrace.web.problem import unusable
from headrace.web.query.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """Fields to answer with.

    Attributes:
        wanted: only these; None for all.
        unwanted: not these.
        always: the field that is answered whatever is chosen, so that one can tell what is described.
    """

    wanted: frozenset[str] | None
    unwanted: frozenset[str]
    always: str = "entity"

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return self.wanted is None and not self.unwanted

    def choose(self, said: dict[str, object]) -> dict[str, object]:
        """The fields of a document that are wanted, in its order."""
        return {name: value for name, value in said.items() if self._wants(name)}

    def choose_documents(self, documents: Sequence[bytes]) -> Sequence[bytes]:
        """Documents with the wanted fields only."""
        if self.is_everything:
            return documents
        return [orjson.dumps(self.choose(orjson.loads(document))) for document in documents]

    def choose_features(self, features: Sequence[bytes]) -> Sequence[bytes]:
        """Features with the wanted properties only."""
        if self.is_everything:
            return features
        chosen = []
        for each in features:
            feature = orjson.loads(each)
            feature["properties"] = self.choose(feature["properties"])
            chosen.append(orjson.dumps(feature))
        return chosen

    def _wants(self, name: str) -> bool:
        if name == self.always:
            return True
        return (self.wanted is None or name in self.wanted) and name not in self.unwanted


def read_field_choice(field: Sequence[str], exclude_field: Sequence[str], known: Vocabulary) -> FieldChoice:
    """The choice that `field` and `exclude_field` make; both spellings, `start-date` and `start_date`, are read.

    Raises:
        ProblemError: no entity of the release has such a field.
    """
    wanted, unwanted = split_fields(field), split_fields(exclude_field)
    faults: list[ParameterFault] = []
    for parameter, names in (("field", wanted), ("exclude_field", unwanted)):
        faults += [unknown_value(parameter, name, "field", known.fields) for name in names if name not in known.fields]
    if faults:
        raise unusable(*faults)
    return FieldChoice(frozenset(wanted) if wanted else None, frozenset(unwanted))


def split_fields(values: Sequence[str]) -> list[str]:
    """The names of fields in the values of a parameter: `["start_date,name"]` → `["start-date", "name"]`."""
    names = (name.strip().replace("_", "-") for value in values for name in value.split(","))
    return [name for name in names if name]
