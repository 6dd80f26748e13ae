"""The knowledge base against itself: is every article found by its own title, headings, words?"""
