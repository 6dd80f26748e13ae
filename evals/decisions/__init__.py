"""Decision cases: facts, a date, a level and an action, judged by the policies alone."""
