// Copies what the pages load as it is, and everybody's licence.

import { copyFileSync } from "node:fs";

const STATIC = "../../src/uphold/server/web/static/web";

copyFileSync("node_modules/htmx.org/dist/htmx.min.js", `${STATIC}/htmx.min.js`);
for (const [name, folder] of [["htmx", "htmx.org"], ["daisyui", "daisyui"], ["tailwindcss", "tailwindcss"]]) {
  copyFileSync(`node_modules/${folder}/LICENSE`, `${STATIC}/licences/${name}.txt`);
}
