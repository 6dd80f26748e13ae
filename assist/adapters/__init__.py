"""Clients of the outside world: each translates to and from domain types and errors."""
