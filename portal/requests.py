"""What the pages of a service request show beside those of any ticket."""

from catalog import selectors as catalog_selectors


def catalogue_of(ticket) -> dict:
    """The answers in all versions, the newest first, and the tasks by title; nothing for other kinds."""
    if ticket.kind != "request":
        return {}
    return {
        "answers": catalog_selectors.answers_of(ticket.typed),
        "asked_item": ticket.typed.item,
        "task_list": [(task.title, task.get_state_display(), task.is_over) for task in ticket.tasks.all()],
    }
