"""Reading INDIGO data: a folder of tables, a document, a workbook, or a zip of any of them.

Whatever is amiss is a finding; rows are kept as they stand, also those that fit nowhere.
"""

from headwater.readers.indigo.read import Reading, read

__all__ = ["Reading", "read"]
