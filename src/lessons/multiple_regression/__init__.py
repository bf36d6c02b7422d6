"""Many inputs, many outputs: linear models of vectors."""
