"""INDIGO data: read it, compare price × result with payment, write it again."""

from headwater.workflows.indigo.answer import Answer, answer, answer_of
from headwater.workflows.indigo.export import export
from headwater.workflows.indigo.result import IndigoResult

__all__ = ["Answer", "IndigoResult", "answer", "answer_of", "export"]
