"""What is shown and printed of plans and tasks; reads, never writes."""
