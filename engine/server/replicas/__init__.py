"""The server on many machines: Ray Serve in front, a replica of it for each engine (SIZING.md).

asgi is a connection as Serve hands it on, door the application that a replica is, router who
gets which replica, application all of it for `serve run`, command `aside serve --ray`.
"""
