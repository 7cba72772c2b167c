"""Syndication: which reports are copies of which, and how many independent origins claims have.

``alikeness`` and its neighbours compare texts, ``independence`` counts origins. Nothing here reads files or asks anybody.
"""
