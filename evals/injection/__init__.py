"""How well attempts to instruct a model are told from ordinary text: recall and false alarms."""
