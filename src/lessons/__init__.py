"""The code of the course: one module a chapter, one package a part."""
