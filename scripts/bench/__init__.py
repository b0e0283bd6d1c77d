"""`make bench`: what the running application costs on this machine."""
