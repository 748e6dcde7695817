"""Classes by name, for choices and lists."""

from cmdb.models import ItemClass


def class_choices() -> list[tuple[str, str]]:
    """(short name, name) of the classes that items can have."""
    return [(one.slug, one.name) for one in ItemClass.objects.filter(is_abstract=False)]


def class_words(slugs) -> list[str]:
    """The names of classes, in the order given; one that is gone is shown by its short name."""
    if not slugs:
        return []
    names = {one.slug: one.name for one in ItemClass.objects.filter(slug__in=slugs)}
    return [names.get(slug, slug) for slug in slugs]
