"""Gold questions to a Run to a report: metrics, baselines, benchmark, calibration."""
