"""Register: documents with their provenance, claims, decisions of people and the log of all that was done.

It needs the packages of the extra ``register``; ``provenance`` alone needs none of them.
"""
