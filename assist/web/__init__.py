"""The HTTP service: a JSON API and pages rendered on the server."""
