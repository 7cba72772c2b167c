"""Reading: from the text of a document to its claims."""
