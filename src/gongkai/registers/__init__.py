"""台账: press conferences, meetings, training."""
