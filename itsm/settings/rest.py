"""The REST API: authentication, deny by default, throttles, errors, schema."""

from itsm.settings import environment as env
from itsm.settings.tasks import REDIS_URL

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["core.api.ScopedAccess"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["core.api.parsing.BoundedJSONParser"],
    # OPTIONS would list every choice of every related field.
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_PAGINATION_CLASS": "core.api.KeysetPagination",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": ["core.api.PersonThrottle", "core.api.StrangerThrottle"],
    "DEFAULT_THROTTLE_RATES": {
        "person": f"{env.number('API_REQUESTS_PER_MINUTE', 1200)}/min",
        "stranger": f"{env.number('API_STRANGER_REQUESTS_PER_MINUTE', 60)}/min",
    },
    # Only as many proxies as the operator named may say who is asking.
    "NUM_PROXIES": env.number("TRUSTED_PROXIES", 0),
    "EXCEPTION_HANDLER": "core.api.problem_response",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}

_LOCAL = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 10_000}}
CACHES = {
    "default": _LOCAL | {"LOCATION": "default"},
    # Counters of the throttles, shared by all web processes. Nothing that would be missed.
    "throttle": _LOCAL | {"LOCATION": "throttle"}
    if env.mode() == "test"
    else {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "itsm",
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
    },
}

# Bearer secret of the operator's tools; without it /metrics and details of /readyz are for loopback only.
METRICS_TOKEN = env.text("METRICS_TOKEN")

SPECTACULAR_SETTINGS = {
    "TITLE": "ITSM API",
    "DESCRIPTION": """\
Everything the portal and the desk do with tickets, by program.

**Signing in**: `Authorization: Bearer <token>` (`manage.py token USER --scope write`), or the browser's session.
Reading needs the scope `read`, changing `write`; `write` includes `read`, `admin` includes both.
What you see is what you see in the portal: anything else answers 404.

**Lists** are paged by cursor: follow `next` until it is null. Filters and orderings are declared; an unknown query
parameter answers 400, an unknown field of a body 422, each naming it.

**Changing**: send the `version` you read (or `If-Match` with the `ETag`). If the ticket moved on, the answer is 409
(412 for `If-Match`) with what changed. Send an `Idempotency-Key` with a POST and repeat it safely for 24 hours.

**Times** are ISO 8601 in UTC; one sent without an offset is read in your own time zone.
**Errors** are `application/problem+json` in your language (`Accept-Language`, else your own choice).
""",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "core.api.documentation.describe_problems",
    ],
    "ENUM_NAME_OVERRIDES": {
        "LevelEnum": "tickets.vocabulary.Level.choices",
        "PriorityEnum": "tickets.vocabulary.Priority.choices",
        "ChannelEnum": "tickets.vocabulary.Channel.choices",
        "RoleEnum": "accounts.rules.Role.choices",
        "LinkKindEnum": "tickets.serializers.relations.LINK_KINDS",
        "ApprovalStateEnum": "tickets.vocabulary.RoundState.choices",
        "ApprovalStepStateEnum": "tickets.vocabulary.StageState.choices",
        "VoteStateEnum": "tickets.vocabulary.SlotState.choices",
        "TaskStateEnum": "tickets.vocabulary.TaskState.choices",
        "ScoreEnum": "surveys.serializers.SCORES",
        "ClockStateEnum": "sla.serializers.CLOCK_STATES",
        "AgreementKindEnum": "sla.serializers.KINDS",
        "AgreementStateEnum": "sla.serializers.STATES",
        "ArticleKindEnum": "knowledge.vocabulary.Kind.choices",
        "BoardKindEnum": "changes.vocabulary.BoardKind.choices",
        "AnnouncementLevelEnum": "cmdb.serializers.standing.LEVELS",
        "SkillLevelEnum": "accounts.models.SkillLevel.choices",
        "MeetingStateEnum": "changes.vocabulary.MeetingState.choices",
        "ChangeTemplateStateEnum": "changes.vocabulary.TemplateState.choices",
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}
