"""The engine as a server: sessions advance behind a WebSocket that speaks GPT-Live and Realtime.

Read in this order: wire and realtime/wire (what a client may send), inbox (what waits for a
micro-turn), unit (a micro-turn that happens wholly or not at all), live (the session's owner
task), dialect (what it asks of a protocol: gptlive, realtime/dialect), stay (a session that
outlives its connection), hall (where they are opened and counted, by what admission measured),
gate, connection, server, command. journal, keeper, kept, archive: a session that outlives its
process; replicas: many of these behind Ray Serve. PROTOCOL.md is the page for other people's
clients, SIZING.md for whoever serves many.
"""
