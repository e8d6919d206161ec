"""What may a person do here? Every function takes the actor first and leaves one event of the act."""
