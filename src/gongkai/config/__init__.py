"""Composition only: settings, urls, command line. Nothing here holds business rules."""
