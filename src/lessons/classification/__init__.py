"""Classification: from a threshold to probabilities that are learned."""
