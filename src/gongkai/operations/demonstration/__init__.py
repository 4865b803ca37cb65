"""演示: a fictional county, built by the real actions, laid out relative to a given day."""
