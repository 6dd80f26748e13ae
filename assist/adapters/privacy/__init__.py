"""Personal data: where a text holds it, and the placeholders that stand for it."""
