from gongkai.operations.models.invitation import Invitation
from gongkai.operations.models.staff_upload import StaffUpload

__all__ = ["Invitation", "StaffUpload"]
