"""Running the server: starting and stopping it, its logs, its figures, its health."""
