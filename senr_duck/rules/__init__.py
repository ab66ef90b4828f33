"""The released rules: their versions, what each holds, and what differs from a release."""
