"""What the promises and the stories of all areas share."""
