"""Text: folding of letters, tokens and sentences, all with exact offsets into the source."""
