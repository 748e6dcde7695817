"""Reading figures: every one counts rows of the list that `lists.tickets_of` opens for it."""
