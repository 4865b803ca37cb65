from gongkai.documents.models.blob import Blob
from gongkai.documents.models.counter import Counter
from gongkai.documents.models.instruction import Channel, RecordedInstruction

__all__ = ["Blob", "Channel", "Counter", "RecordedInstruction"]
