"""Houqin: the logistics of a school."""
