"""The guide of the first start: what is sensed, permissions, devices, speed, keys, a tour."""
