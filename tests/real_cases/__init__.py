"""What districts, county offices and vendors report of this job, each with its right value."""
