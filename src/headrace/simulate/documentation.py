"""The page on which a council says where its data is."""

from html import escape
from typing import Final

from headrace.simulate.publication import Publication
from headrace.simulate.web_server import Reply

HTML: Final = (("Content-Type", "text/html; charset=utf-8"),)


def answer_documentation(publication: Publication) -> Reply:
    """The page about a publication: beside what every page of a council links to, the old address and the new."""
    name = publication.dataset.replace("-", " ")
    links = (
        ("/", "Home"),
        ("../../contact", "Contact us"),
        (publication.path, f"{name.capitalize()}, as it was on our old website"),
        ("/media/committee.pdf", f"Report to the planning committee on {name} (PDF)"),
        ("/media/listed-trees.csv", "Trees (CSV)"),
        (publication.successor, f"{name.capitalize()} register (CSV)"),
    )
    items = "".join(f'<li><a href="{escape(url)}">{escape(text)}</a>\n' for url, text in links)
    title = escape(f"{name.capitalize()} | {publication.publisher.name}")
    page = f"<!DOCTYPE html>\n<html lang=en><head><title>{title}</title></head><body><ul>\n{items}</ul></body></html>\n"
    return Reply(page.encode(), 200, HTML)
