"""What a ticket says: turns, points, issues, mood, facts. Pure."""
