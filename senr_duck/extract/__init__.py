"""Run one reading query in the SIS's own database, and write its records as an extract."""
