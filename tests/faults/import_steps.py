"""Loaded by the worker under test: an import goes in small steps and tells of each, so that its page is seen moving."""

from cmdb.services.importing import reconciling, undoing, working, writing

for module in (reconciling, writing, undoing):
    module.AT_ONCE = 50
working._TELL_EVERY = 0
