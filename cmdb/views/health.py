"""How well the records are kept: the board of health."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from cmdb.selectors import health
from cmdb.vocabulary import Lack, Trust
from core.access import desk_view

LACKS = (Lack.OWNER, Lack.TEAM, Lack.ENVIRONMENT, Lack.REQUIRED, Lack.RELATION, Lack.RECOMMENDED)
TRUST = (Trust.UNVERIFIED, Trust.STALE, Trust.DISPUTED)


@desk_view
@require_safe
def board(request):
    """Completeness and freshness, class by class; every figure opens exactly the list it counts."""
    total, rows = health.board(request.user)
    lines = [
        (row, [(one.label, row.lacks[one]) for one in LACKS], [(one.label, row.trust[one]) for one in TRUST])
        for row in rows
    ]
    context = {
        "total": total, "lines": lines, "lacks": LACKS, "trust": TRUST, "orphans": total.lacks[Lack.RELATION],
        "duplicates": health.possible_duplicates(request.user),
    }  # fmt: skip
    return render(request, "cmdb/health.html", context)
