"""The law of open government information as code: no Django, no network, no clock of its own."""
