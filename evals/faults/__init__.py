"""The harness graded: faults planted in the product, and whether their scorer catches each."""
