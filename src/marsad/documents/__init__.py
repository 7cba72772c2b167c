"""Documents: reports from files, folders, lines of JSON and the standard input, with what is odd about them said."""

from marsad.documents.sources import Failure, Settings, read_documents

__all__ = ["Failure", "Settings", "read_documents"]
