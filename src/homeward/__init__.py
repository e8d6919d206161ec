"""Homeward: find victims of human trafficking, and those who control them, in very many online ads."""

__version__ = "0.1.0"
