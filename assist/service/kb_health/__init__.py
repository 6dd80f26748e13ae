"""How the knowledge base does: what suggestions drew on, what became of them, what is wrong."""
