"""Cards on the screen: what a model sent as data, drawn with our own widgets."""
