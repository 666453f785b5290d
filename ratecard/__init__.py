"""The front door: every command, thin. The only room that sees all the others.

Data goes to stdout, talk and progress to stderr. Exit status: 0 well, 1 ran but something needs a person,
2 wrong use, 3 could not run.
"""
