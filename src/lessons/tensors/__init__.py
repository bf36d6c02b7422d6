"""Part 1: from a number to a dataset."""
