"""What a policy set means beyond its form: rules that never hold, that contradict, that lack."""
