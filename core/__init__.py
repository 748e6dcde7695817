"""Plain code every app stands on: workflow engine, visibility, time, portal and API bases. No models."""
