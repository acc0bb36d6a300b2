"""Registers and verbs: what every area of the house shares. It knows no school."""
