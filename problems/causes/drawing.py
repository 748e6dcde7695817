"""The picture of a tree, by its method."""

from django.utils.translation import gettext as _

from problems.causes import fishbone, shapes, whys
from problems.causes.tree import Method, State, Tree

_DRAWN_BY = {Method.FISHBONE: fishbone.draw, Method.WHYS: whys.draw}


def drawn(tree: Tree) -> shapes.Drawing:
    return _DRAWN_BY[Method(tree.method)](tree, description=told(tree))


def svg(tree: Tree, *, key="drawing", is_file=False) -> str:
    return shapes.svg(drawn(tree), key=key, is_file=is_file)


def told(tree: Tree) -> str:
    """What the picture shows in one sentence, for those who do not see it; the outline says all of it."""
    causes = [node for depth, node in tree.walk() if not tree.is_category(depth)]
    confirmed = [node.text for node in causes if node.state == State.CONFIRMED]
    words = {"method": Method(tree.method).label, "count": len(causes), "confirmed": "; ".join(confirmed) or "–"}
    return _("%(method)s with %(count)s causes. Confirmed: %(confirmed)s.") % words
