// The desk: what the portal has, and the workspace of agents.
import "./portal.js";
