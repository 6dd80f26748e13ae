"""The eval harness: curated cases, deterministic scorers, and the bench. Imports `assist`."""
