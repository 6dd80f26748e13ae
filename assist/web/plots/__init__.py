"""Plots as SVG made on the server: no script, no file from elsewhere, light and dark by CSS."""
