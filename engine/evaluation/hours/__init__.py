"""Sessions of hours: what was told long ago is known, what was asked for long ago is done."""
