"""Users, departments, posts and classes."""

from .departments import Department, Post
from .grades import GRADES, parse_class
from .schoolclass import SchoolClass
from .users import ADMINISTRATOR, User, UserManager

__all__ = ["ADMINISTRATOR", "GRADES", "Department", "Post", "SchoolClass", "User", "UserManager", "parse_class"]
