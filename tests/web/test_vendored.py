"""The front-end files of others."""

from hashlib import sha256

import orjson

from headrace.web.vendored import MANIFEST, STATIC, adapt_styles


def test_files_are_those_of_the_manifest() -> None:
    """Each file has the SHA-256 that the manifest says, and a licence beside it."""
    for entry in orjson.loads(MANIFEST.read_bytes()):
        assert entry["sha256"] == sha256((STATIC / entry["file"]).read_bytes()).hexdigest()
        assert (STATIC / entry["licence_file"]).read_text().startswith("The MIT License")


def test_nothing_that_only_one_site_may_use_is_kept() -> None:
    """Neither the typeface nor the arms of www.gov.uk are named in any style sheet."""
    for styles in STATIC.rglob("*.css"):
        text = styles.read_text().lower()
        assert "transport" not in text
        assert "crest" not in text
        assert "url(http" not in text


def test_styles_are_adapted() -> None:
    """The typeface gives way to the reader's own, and the arms to nothing."""
    published = (
        "/*! Copyright (c) by Margaret Calvert. */@font-face{font-family:GDS Transport;src:url(/a.woff)}"
        ".a{font-family:GDS Transport,arial,sans-serif}.b{background-image:url(/assets/images/govuk-crest.svg);top:0}"
        "\n/*# sourceMappingURL=a.map */"
    )

    assert ".a{font-family:var(--headrace-typeface,sans-serif)}.b{top:0}" == adapt_styles(published)
