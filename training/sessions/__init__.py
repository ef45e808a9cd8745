"""Plans and sessions, and the four ways by which somebody is known to have been there."""
