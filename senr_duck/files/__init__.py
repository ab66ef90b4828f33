"""Private folders, publishing by rename, the workspace lock, full disks."""
