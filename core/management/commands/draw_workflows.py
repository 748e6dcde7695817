"""Write every workflow table as a diagram to docs/workflows/."""

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation


def page_of(workflow) -> str:
    """The page of one life cycle: its diagram and its table of transitions."""
    rows = [
        f"| {t.name} | {', '.join(s.key for s in t.sources)} | {t.target.key} | "
        f"{', '.join(f.name + ('' if f.required else '?') for f in t.fields) or '–'} | {t.allowed.__name__} |"
        for t in workflow.transitions
    ]
    return "\n".join(
        [
            f"# {workflow.kind}",
            "",
            "Written by `python3 manage.py draw_workflows` from the table in the code. `?` marks optional input.",
            "",
            "```mermaid",
            workflow.mermaid() + "```",
            "",
            "| transition | from | to | input | who |",
            "|---|---|---|---|---|",
            *rows,
            "",
        ]
    )


class Command(BaseCommand):
    help = "Draw the life cycles of all kinds of tickets into docs/workflows/."

    def handle(self, *args, **options):
        folder = Path(settings.BASE_DIR) / "docs" / "workflows"
        folder.mkdir(parents=True, exist_ok=True)
        workflows = {m.workflow.kind: m.workflow for m in apps.get_models() if getattr(m, "workflow", None)}
        with translation.override("en"):
            for kind, workflow in sorted(workflows.items()):
                (folder / f"{kind}.md").write_text(page_of(workflow), encoding="utf-8")
                self.stdout.write(f"docs/workflows/{kind}.md")
