"""Private folders, publish by rename, the workspace lock, full disks."""
