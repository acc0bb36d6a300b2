"""What orders add up to, and what their page and the desk show of them."""
