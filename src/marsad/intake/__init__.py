"""Taking in: from files, folders, pages, feeds, sheets and archives to captures that a register stores.

Modules named by a format take bytes and give what they found; ``sources`` knows which is which, ``fetching`` alone uses the network.
"""
