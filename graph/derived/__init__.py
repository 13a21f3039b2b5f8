"""What follows from changes, told as changes of their own: ratings, blocked parties, segments."""
