"""What the sandbox puts around a function."""
