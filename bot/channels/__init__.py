"""The channels: one file each, all keeping the promise of `base.py`."""
