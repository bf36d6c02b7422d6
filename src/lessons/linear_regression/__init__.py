"""Part 2: predict, measure, descend."""
