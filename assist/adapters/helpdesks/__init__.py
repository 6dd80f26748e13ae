"""Helpdesks, one file each behind one port; how webhooks are signed stands in `signatures`."""
