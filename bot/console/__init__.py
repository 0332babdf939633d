"""The console: where staff see who waits, answer, and look after duty, tasks and people."""
