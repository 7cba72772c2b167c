"""Marsad reads news reports of armed conflict into claims that point to the words that say them.

>>> from marsad import Document, read
>>> claims = read(Document(id="1", text="...", published="2018-12-16"))
"""

# Has compiled modules found before the sources that they are of; so it comes first.
import marsad.compiled  # noqa: F401
from marsad.model import Claim, Document, Evidence

__all__ = ["Claim", "Document", "Evidence", "read"]


def read(document: Document) -> list[Claim]:
    """All claims of a document, in the order of their triggers; see :func:`marsad.reading.reader.read`."""
    from marsad.reading.reader import read as _read

    return _read(document)
