from gongkai.operations.actions.change_particulars import can_change_particulars, change_particulars
from gongkai.operations.actions.choose_password import can_choose_password, choose_password
from gongkai.operations.actions.import_staff import can_import_staff, import_staff, rehearse
from gongkai.operations.actions.initialise import can_initialise, initialise
from gongkai.operations.actions.invite import can_invite, invite

__all__ = [
    "can_change_particulars",
    "can_choose_password",
    "can_import_staff",
    "can_initialise",
    "can_invite",
    "change_particulars",
    "choose_password",
    "import_staff",
    "initialise",
    "invite",
    "rehearse",
]
