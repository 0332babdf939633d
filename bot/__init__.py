"""Everything asynchronous and everything outside the process."""
