"""Part 6: what layers add, from bent lines to a network that reads digits."""
