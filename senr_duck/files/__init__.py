"""Private folders, what is ours, publishing by rename, the workspace lock, full disks."""
