"""Lexicon: the word lists of a language pack, their inflection, and look-up of a word with its clitics."""
