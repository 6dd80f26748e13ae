"""Pages rendered on the server, one file per page."""
