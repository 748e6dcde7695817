"""The landscape: items, their upkeep, and an import."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from cmdb import services as cmdb
from cmdb.models import Attribute, Duplicate
from tests.guards.routes import ROUTES
from tests.imports import checked, source
from tests.landscape import landscape


def samples(cast, world):
    world.land = land = landscape(cast)
    app = land["app"]
    relation = app.relations_out.get()
    frozen = cmdb.take_baseline(app, actor=cast.chen_hao, name="Before")
    campaign = cmdb.open_campaign(actor=cast.wang_fang, name="Yearly", due_on=(world.at + timedelta(days=9)).date())
    linked = cmdb.add_document(app, actor=cast.chen_hao, title="Manual", url="https://docs.example/")
    kept = cmdb.add_file(app, SimpleUploadedFile("plan.txt", b"1 2 3"), actor=cast.chen_hao)
    doubt = Duplicate.objects.create(first=land["host-1"], second=land["host-2"], signs=["name"], found_at=world.at)
    asked_for = campaign.attestations.first()
    audit = cmdb.draw_sample(actor=cast.wang_fang, name="Sample", size=1, item_classes=["application"])
    run = checked(cast, source(cast, organisation=cast.xinghe), [{"host": "srv-1", "name": "One", "sn": "S-1"}])
    held = cmdb.assign_responsibility(cast.erp, actor=cast.admin, activity="incident", letter="A", team=cast.database)
    return {
        "cmdb:matrix.pk": cast.erp.pk,
        "cmdb:team-objects.pk": cast.database.pk,
        "cmdb:drop-team-object.pk": cast.database.pk,
        "cmdb:drop-team-object.item": app.pk,
        "cmdb:drop-responsibility.pk": held.pk,
        "api:responsibility-detail.pk": held.pk,
        "cmdb:.pk": app.pk,
        "cmdb:.slug": "server",
        "cmdb:step.name": "maintain",
        "cmdb:trust.name": "verify",
        "cmdb:unrelate.pk": relation.pk,
        "cmdb:baseline.pk": frozen.pk,
        "cmdb:verb.slug": "depends-on",
        "cmdb:act-on-import.name": "discard",
        **{f"cmdb:{name}.pk": run.pk for name in ("import", "import-columns", "import-lines", "act-on-import")},
        **{f"cmdb:{name}.slug": run.source.slug for name in ("source", "source-token")},
        **{f"cmdb:{name}.pk": campaign.pk for name in ("campaign", "close-campaign")},
        "cmdb:audit.pk": audit.pk,
        **{f"cmdb:{name}.pk": kept.pk for name in ("file", "remove-file")},
        "cmdb:unlink-document.pk": linked.pk,
        "cmdb:tell-apart.pk": doubt.pk,
        "cmdb:check-record.pk": audit.samples.get().pk,
        **{f"cmdb:{name}.pk": Attribute.objects.first().pk for name in ("attribute", "remove-attribute")},
        **{f"portal:{name}-record.pk": asked_for.pk for name in ("object-to", "hand-over")},
        **{f"desk:{name}.pk": app.pk for name in ("remove-item", "dispute-item")},
        **{f"{route.name}.pk": asked_for.pk for route in ROUTES if route.name.startswith("api:record-")},
        **{f"api:{name}.item": app.pk for name in ("item-files", "item-file", "item-content")},
        **{f"api:{name}.pk": kept.pk for name in ("item-file", "item-content")},
        **{f"api:duplicate-{name}.pk": doubt.pk for name in ("detail", "apart")},
        **{f"api:item-{name}.pk": app.pk for name in ("detail", "step", "verify", "dispute", "merge")},
        "api:relation-detail.pk": relation.pk,
        "api:item-class-detail.pk": app.item_class.pk,
    }
