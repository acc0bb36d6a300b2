"""The numbers of rules and customs (15 minutes, 5 working days, …): each with its unit, source and effective date."""
