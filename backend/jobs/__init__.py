"""Progress, cancel and retry of background work, and the runner."""
