"""Compare SELA, SPRG and SINF with the SIS: list every difference, send nothing."""
