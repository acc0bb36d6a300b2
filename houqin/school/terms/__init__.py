"""When things are: school years, terms, the week table, holidays, make-up days and working time."""
