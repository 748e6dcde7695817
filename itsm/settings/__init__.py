"""Settings from the environment. `ITSM_MODE` is production (default), local, demo or test.

Read in this order: base (what the project is), rest, tasks, logs, security (what it refuses).
"""

from itsm.settings.base import *
from itsm.settings.logs import *
from itsm.settings.rest import *
from itsm.settings.security import *
from itsm.settings.tasks import *
