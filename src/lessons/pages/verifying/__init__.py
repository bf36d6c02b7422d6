"""Comparing pages with their runs: pytest's plugin, the census, accepting outputs."""
