"""A run -> the service, where people look at it."""
