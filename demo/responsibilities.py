"""Who does what for the services of 星河制造: ERP and mail are complete, MES has gaps that its owner should see."""

from cmdb import services as cmdb

# service: {activity: letters with the slug of a team or the login of a person}
MATRICES = {
    "erp": dict.fromkeys(("operate", "monitor", "incident", "problem", "change", "request", "knowledge", "security", "supplier"), "A wang.fang, R applications, C database, I service-desk"),
    "email": dict.fromkeys(("operate", "monitor", "incident", "problem", "change", "request", "knowledge", "security", "supplier"), "A xu.kai, R systems, I service-desk"),
    "mes": {
        "operate": "A yuan.mei, R applications",
        "incident": "A yuan.mei, R applications, C network, I service-desk",
        "change": "R applications, C network",
    },
}  # fmt: skip


def write_down(world) -> None:
    """The matrices as the manager keeps them."""
    for slug, activities in MATRICES.items():
        for activity, letters in activities.items():
            for letter, party in (one.split() for one in letters.split(", ")):
                named = {"team": world.teams[party]} if party in world.teams else {"person": world.people[party]}
                cmdb.assign_responsibility(
                    world.services[slug], actor=None, activity=activity, letter=letter, **named
                )  # fmt: skip
