"""Adapters of the `Records` port: customers and their orders from a file or over HTTP."""
