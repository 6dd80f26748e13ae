"""How well coverage tells what the knowledge base answers from what it does not."""
