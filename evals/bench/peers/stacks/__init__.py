"""The peers, one file each: how their own pages build hybrid search. See `measuring`."""
