"""The back ends, in the order in which they are tried."""
