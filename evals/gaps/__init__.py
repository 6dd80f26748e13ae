"""Articles hidden, their tickets fed: are the gaps that are found those that were made?"""
