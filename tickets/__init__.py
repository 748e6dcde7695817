"""What every ticket has: number, state, people, conversation, files, links, history."""
