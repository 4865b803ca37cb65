from gongkai.agencies.actions.appoint import appoint
from gongkai.agencies.actions.delegate import can_delegate, can_end_delegation, delegate, end_delegation, may_arrange
from gongkai.agencies.actions.establish import establish
from gongkai.agencies.actions.freeze import freeze
from gongkai.agencies.actions.pair_up import can_pair_up, can_unpair, pair_up, unpair
from gongkai.agencies.actions.unfreeze import can_unfreeze, unfreeze

__all__ = [
    "appoint",
    "can_delegate",
    "can_end_delegation",
    "can_pair_up",
    "can_unfreeze",
    "can_unpair",
    "delegate",
    "end_delegation",
    "establish",
    "freeze",
    "may_arrange",
    "pair_up",
    "unfreeze",
    "unpair",
]
