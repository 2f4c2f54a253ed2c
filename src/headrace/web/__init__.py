"""The site, the API, the downloads and Datasette, all over the release that is live."""
