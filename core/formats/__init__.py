"""How values are written where Django's own manner misleads: `FORMAT_MODULE_PATH`."""
