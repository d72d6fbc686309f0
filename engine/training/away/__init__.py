"""Training on a borrowed GPU: everything is packed beforehand, carried there, and brought back.

The machine is there for minutes at a time, reaches no network and may hold nothing of ours: no
synthesiser, no recordings, not every package. `pack` gathers all that here, `setup` puts it in
place there, `aside train` runs as anywhere else, `return` cuts the result into parts that travel,
and `join` puts them together here.
"""
