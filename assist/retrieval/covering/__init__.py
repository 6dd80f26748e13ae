"""What a customer asks -> how likely the knowledge base answers it, and what speaks for that."""
