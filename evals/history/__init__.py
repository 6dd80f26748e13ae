"""Solved tickets under the product of today: where it would do as agents did, and why not."""
