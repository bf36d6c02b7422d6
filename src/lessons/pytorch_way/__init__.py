"""The PyTorch way: much data, and a model that is chosen honestly."""
