"""Loaded by the worker under test: an import goes in small steps and tells of each, so that its page is seen moving."""

from cmdb.services.importing import reconciling, writing
from core import progress

for module in (reconciling, writing):
    module.AT_ONCE = 50
progress.TELL_EVERY = 0
