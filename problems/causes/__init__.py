"""Root causes as data: fishbones and 5 Whys as trees, in and out as JSON, merged, drawn. Knows no database."""

from problems.causes.merging import merge
from problems.causes.reading import Fault, dump, dumps, loads, parse
from problems.causes.tree import Action, Evidence, Method, Node, State, Tree

__all__ = ["Action", "Evidence", "Fault", "Method", "Node", "State", "Tree", "dump", "dumps", "loads", "merge", "parse"]
