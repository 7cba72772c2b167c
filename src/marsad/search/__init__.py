"""Search: what people look for, as words and marks that an index of any kind can hold. Nothing here asks a database."""
