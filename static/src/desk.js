// The desk: what the portal has, and the workspace of agents.
import "./portal.js";
import "./js/desk/rows.js";
import "./js/desk/palette.js";
import "./js/desk/composer.js";
import "./js/desk/replies.js";
import "./js/desk/people.js";
import "./js/desk/keys.js";
import "./js/desk/outline.js";
import "./js/desk/picture.js";
import "./js/sla-calendar.js";
