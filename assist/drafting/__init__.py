"""Words: from evidence to sentences a customer can read, each tied to its source. Pure."""
