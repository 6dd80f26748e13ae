"""Learning from many tickets: what is asked again and again."""
