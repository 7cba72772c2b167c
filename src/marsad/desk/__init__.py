"""Desk: the register as pages in a browser, where people read, check, decide and see.

``create_app`` makes the application; each screen is a module of ``pages`` with its templates and its words in both languages.
"""
