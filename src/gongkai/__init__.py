"""The site: apps on floors (see docs/architecture.md); an import may only point down."""
