"""GPU kernels in Triton, each beside its plain reference. README.md tells why each is as it is."""
