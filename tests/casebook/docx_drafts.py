"""All samples of drafts: `SAMPLES["tracked_changes"]()`."""

from tests.casebook import docx_contents, docx_dialects
from tests.casebook.docx_samples import SAMPLES, Sample

__all__ = ["SAMPLES", "Sample", "docx_contents", "docx_dialects"]
