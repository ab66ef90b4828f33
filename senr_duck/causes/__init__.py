"""What the differences and the holds have in common: a school, a grade, a week, a value."""
