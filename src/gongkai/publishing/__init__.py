"""主动公开: items, catalogue, review, interpretation."""
