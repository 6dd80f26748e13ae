"""Tickets that are not covered -> gaps: clusters with ids that stay, kinds, impact, drafts."""
