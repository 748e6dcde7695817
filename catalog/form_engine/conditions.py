"""Whether a condition on other answers holds. The portal's script (static/src/js/form-conditions.js) says the same."""

from decimal import Decimal, InvalidOperation

from catalog.vocabulary import Test


def all_hold(conditions, answers) -> bool:
    return all(holds(condition, answers.get(condition["field"])) for condition in conditions or ())


def holds(condition, answer) -> bool:
    wanted = condition.get("value", "")
    match condition["test"]:
        case Test.FILLED:
            return is_filled(answer)
        case Test.EMPTY:
            return not is_filled(answer)
        case Test.IS:
            return plain(answer) == plain(wanted)
        case Test.IS_NOT:
            return plain(answer) != plain(wanted)
        case Test.HAS:
            return plain(wanted) in ([plain(one) for one in answer] if isinstance(answer, list) else plain(answer))
    return _compares(condition["test"], number(answer), number(wanted))


def _compares(test, left, right) -> bool:
    if left is None or right is None:
        return False
    return left > right if test == Test.MORE_THAN else left < right


def is_filled(answer) -> bool:
    return answer not in (None, "", False) and answer != []


def plain(value) -> str:
    """A value as a condition writes it: `true` and `false` for consent, digits for numbers."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value).strip()


def number(value) -> Decimal | None:
    """A finite number, or None for what is none. Booleans are none."""
    if isinstance(value, bool):
        return None
    text = str(value).strip()
    if not text or len(text) > 40:
        return None
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    # Exponents of a million digits would be written out somewhere.
    return found if found.is_finite() and abs(found.adjusted()) < 20 else None
