"""Options that several commands take, said once."""

from pathlib import Path
from typing import Annotated

import typer

Lake = Annotated[Path, typer.Option(help="Folder in which everything is kept.")]
Config = Annotated[Path, typer.Option(help="Folder with organisation.csv, collection/ and pipeline/.")]
Specification = Annotated[Path, typer.Option(help="Folder with dataset.csv, field.csv, …")]
AsJson = Annotated[bool | None, typer.Option("--json/--table", help="How to print; JSON where nobody is looking.")]
AllowLoopback = Annotated[bool, typer.Option(help="Ask this machine too, for rehearsals.")]
AllowFile = Annotated[bool, typer.Option(help="Read file: URLs too.")]

File = Annotated[Path, typer.Argument(help="The file, in any format.")]
ReadAs = Annotated[str, typer.Option(help="The dataset that the file is read as.")]
Pipeline = Annotated[Path, typer.Option(help="The pipeline folder: column.csv, lookup.csv, …")]
Organisations = Annotated[Path, typer.Option(help="The file organisation.csv.")]
Whose = Annotated[list[str] | None, typer.Option(help="Whose the file is: a CURIE; may be repeated.")]
ServedBy = Annotated[list[str] | None, typer.Option(help="Hash of its endpoint; may be repeated.")]
EntryDate = Annotated[str, typer.Option(help="ISO date for entries that have none; today if not given.")]
