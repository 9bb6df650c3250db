"""What the doors call: prepare, publish, check, export, create. The one way into the core."""
