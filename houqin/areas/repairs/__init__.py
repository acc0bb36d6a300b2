"""Repairs (M05): from "the tap drips" to the reporter's rating.

Words: an *order* (报修单) is one thing broken in one place; the *first response* is that somebody accepts it, the
*second* that the worker stands in the room or sends back a dated plan; both clocks count working time of the calendar.
A *category* says which team sees to it; *materials* are its rows of cost.
"""
