"""The language model: its settings, its doctor, and the download of models."""
