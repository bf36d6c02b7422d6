"""Running pages, and judging what they print, raise, warn of and draw."""
