"""People of the school: users with their roles, departments and their heads, posts, classes with homeroom teachers."""
