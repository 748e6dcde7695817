"""Distinct faults, grouped by what they are about."""

from demo.stories import abroad, access, business, infrastructure, workplace
from demo.stories.story import Story

CHINESE = (*access.STORIES, *workplace.STORIES, *infrastructure.STORIES, *business.STORIES)
ENGLISH = abroad.STORIES

__all__ = ["CHINESE", "ENGLISH", "Story"]
