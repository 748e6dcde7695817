// What every page of the portal needs; the desk adds its own on top.
import "./js/composition.js";
import "./js/htmx-setup.js";
import "./js/sending.js";
import "./js/drafts.js";
import "./js/dialogs.js";
import "./js/menus.js";
import "./js/toasts.js";
import "./js/attachments.js";
import "./js/form-conditions.js";
import "./js/markdown.js";
import "./js/copy.js";
import "./js/printing.js";
import "./js/clock.js";
import "./js/looked.js";
import "./js/themes.js";
