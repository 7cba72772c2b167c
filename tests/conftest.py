"""A shell's background job starts with interrupts ignored, and so would the commands that the tests start and interrupt."""

from __future__ import annotations

import signal

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
