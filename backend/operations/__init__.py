"""What the person who runs the installation does: look after it, back it up, restore it."""
