"""Helpdesks for the tests: small servers that answer as Chatwoot, Zendesk and Zammad document."""
