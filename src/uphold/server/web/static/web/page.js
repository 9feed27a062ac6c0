// What every page does beyond its HTML. Each part works on what is there and needs no set-up.

import "./theme.js";
import "./keyboard.js";
import "./menus.js";
import "./forms.js";
import { startClocks } from "./clocks.js";

startClocks(document);
