"""The engine from the other side: sessions with our own child process or another's server.

Read in this order: events (what one is told), wire (how it is written), live (one session),
outgoing (what must survive it), host and supervise (keeping an engine alive), link (the whole, as
plain methods for an app with threads).
"""
