from knowledge.selectors.deflecting import Deflection, deflection
from knowledge.selectors.reading import current_for, found, popular, versions_to_read
from knowledge.selectors.suggesting import suggested

__all__ = ["Deflection", "current_for", "deflection", "found", "popular", "suggested", "versions_to_read"]
