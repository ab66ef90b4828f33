"""Find one student in the published database, explain what a run did, choose spot checks."""
