"""Providers of sign-in for the tests: a real one, and one that forges."""
