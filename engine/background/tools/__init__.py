"""What can be done for the user: one file a capability, each with its tools and what they need."""
