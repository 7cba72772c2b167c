"""Register: documents with their provenance, claims, decisions of people and the log of all that was done."""
