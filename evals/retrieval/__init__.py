"""How well documents are ranked: metrics per query, their intervals, and paired comparisons."""
