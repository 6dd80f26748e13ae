"""Rules: what the company decided, read from its files, and judged. Pure; no clock, no store."""
