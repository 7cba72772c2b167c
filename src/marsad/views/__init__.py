"""Views: claims as a table for terminals, as records, and as a page; from documents and claims alone, without I/O."""
