"""Every publication of the small England."""

from typing import Final

from headrace.simulate.brownfield_publications import BROWNFIELD_PUBLICATIONS
from headrace.simulate.conservation_publications import CONSERVATION_PUBLICATIONS
from headrace.simulate.publication import Publication

PUBLICATIONS: Final[tuple[Publication, ...]] = BROWNFIELD_PUBLICATIONS + CONSERVATION_PUBLICATIONS
