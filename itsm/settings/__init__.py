"""Settings from the environment. `ITSM_MODE` is production (default), local, demo or test.

Read in this order: base (what the project is), rest, tasks, logs, security (what it refuses).
"""

from itsm.settings.base import *  # noqa: F403
from itsm.settings.logs import *  # noqa: F403
from itsm.settings.rest import *  # noqa: F403
from itsm.settings.security import *  # noqa: F403
from itsm.settings.tasks import *  # noqa: F403
