"""Rules that stand in for what a knowledge base does not bring. Good for any company."""
