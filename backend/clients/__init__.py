"""The outside world, one small class each."""
