from gongkai.documents.models.blob import Blob
from gongkai.documents.models.certificate import Certificate, CertificateKind
from gongkai.documents.models.counter import Counter
from gongkai.documents.models.instruction import Channel, RecordedInstruction
from gongkai.documents.models.letter_template import LetterTemplate, template_in_force

__all__ = [
    "Blob",
    "Certificate",
    "CertificateKind",
    "Channel",
    "Counter",
    "LetterTemplate",
    "RecordedInstruction",
    "template_in_force",
]
