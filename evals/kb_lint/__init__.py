"""Faults planted in a copy of a knowledge base: does `assist lint-kb` find them, and only them?"""
