"""What is wrong with a knowledge base, told from itself: a detector a file, none needs a ticket."""
