"""The kinds of tickets there are. A kind's model class registers itself; nobody else lists kinds."""

_MODELS: dict[str, type] = {}


def register(model) -> None:
    """Called for every concrete child of Ticket when its class is made."""
    _MODELS[model.workflow.kind] = model


def names() -> tuple[str, ...]:
    """Keys of all kinds (`incident`, `request`, …), which are also the names of the rows below a ticket."""
    return tuple(sorted(_MODELS))


def all_workflows() -> list:
    return [_MODELS[kind].workflow for kind in names()]


def model_of(kind) -> type:
    return _MODELS[kind]


def workflow_of(kind):
    """The table of a kind, without reading the ticket's second row."""
    return _MODELS[kind].workflow


def of_the_desk() -> tuple[str, ...]:
    """Keys of the kinds that only people of the desk read."""
    return tuple(kind for kind in names() if _MODELS[kind].is_of_the_desk)


def prefixes() -> list[str]:
    """How the numbers of the kinds begin: INC, REQ, …"""
    return [_MODELS[kind].prefix for kind in names()]


def choices() -> list[tuple[str, str]]:
    """(key, label) of every kind."""
    return [(kind, _MODELS[kind]._meta.verbose_name) for kind in names()]


def state_choices() -> list[tuple[str, str]]:
    """(key, label) of every state of every kind, each key once, with every word that kinds have for it."""
    labels: dict[str, dict[str, None]] = {}
    for state in (state for workflow in all_workflows() for state in workflow.states):
        labels.setdefault(state.key, {})[str(state.label)] = None
    return [(key, " / ".join(words)) for key, words in labels.items()]


def state_words() -> list[tuple[str, str]]:
    """(key, word) for every word that a kind has for a state, translated only when it is read."""
    return [(state.key, state.label) for workflow in all_workflows() for state in workflow.states]


def states(wanted) -> list[str]:
    """Keys of the states, of whatever kind, for which `wanted(state)` holds."""
    return sorted({state.key for workflow in all_workflows() for state in workflow.states if wanted(state)})
