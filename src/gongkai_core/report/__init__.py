"""Read and audit the annual reports of any government (政府信息公开工作年度报告).

`text_of` turns a file's bytes into text, `read` a text into a Reading, `audit` a Reading into its anomalies.
Modules: `input` (encodings, web pages), `layout` (repair), `labels` (the forms' lines as printed), `tables`
(edition and cells), `rows` (one row), `header` (organ and year), `reading`, `audit`.
"""

from gongkai_core.report.audit import Anomaly, audit, reading_anomalies
from gongkai_core.report.input import text_of
from gongkai_core.report.reading import LeftOut, Reading, read

__all__ = ["Anomaly", "LeftOut", "Reading", "audit", "read", "reading_anomalies", "text_of"]
