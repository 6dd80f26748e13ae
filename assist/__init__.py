"""Agent-assist for customer support: what a human agent sees beside a ticket."""

__version__ = "0.1.0"
