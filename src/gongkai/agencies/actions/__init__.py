from gongkai.agencies.actions.appoint import appoint
from gongkai.agencies.actions.establish import establish

__all__ = ["appoint", "establish"]
