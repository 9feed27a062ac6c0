// Lets the clocks of a page tick. The server has drawn them as of its own now; from there each goes
// on by the stretches in which it runs. Times are milliseconds since 1970, UTC.
//
// A clock is `[data-clock]` with data-now, -starts, -due, -total, -used, -state, -working ("from-to,…"),
// -bands ("after-width,…", the holds on its bar) and its words in data-say-*.

const AXIS = 1000;
const SECOND = 1_000;
const SOON = 4;

/** "1-2,5-9" as pairs of numbers. */
export function pairs(text) {
  return text ? text.split(",").map((each) => each.split("-").map(Number)) : [];
}

/** How much of the stretches lies before `now`. */
export function worked(stretches, now) {
  return stretches.reduce((sum, [from, to]) => sum + Math.max(0, Math.min(to, now) - from), 0);
}

/** Where on the bar a used time is: behind the holds that fell before it. */
export function along(used, total, bands) {
  const sum = (some) => some.reduce((all, [, width]) => all + width, 0);
  const passed = sum(bands.filter(([after]) => after <= used));
  const room = AXIS - sum(bands);
  return Math.min(AXIS, passed + Math.floor((Math.min(used, total) * room) / total));
}

/** A stretch in words: whole minutes from an hour on, whole seconds below; cut off. */
export function span(ms, words, language) {
  const number = new Intl.NumberFormat(language);
  const put = (unit, count) => words[unit].replace("{count}", number.format(count));
  const seconds = Math.floor(Math.max(0, ms) / SECOND);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = hours ? 0 : seconds % 60;
  const parts = [];
  if (hours) parts.push(put("hours", hours));
  if (minutes) parts.push(put("minutes", minutes));
  if (rest) parts.push(put("seconds", rest));
  if (!parts.length) return put("minutes", 0);
  return parts.reduceRight((after, first) =>
    words.joined.replace("{first}", first).replace("{rest}", after));
}

/** What a clock's element says, as numbers and words. */
export function read(element) {
  const data = element.dataset;
  const say = (name) => data[`say${name[0].toUpperCase()}${name.slice(1)}`];
  const words = {};
  for (const name of ["hours", "minutes", "seconds", "joined", "left", "bar", "up",
    "running", "missed", "announced"]) words[name] = say(name);
  return {
    now: Number(data.now),
    starts: data.starts ? Number(data.starts) : null,
    due: data.due ? Number(data.due) : null,
    total: Number(data.total),
    used: Number(data.used),
    state: data.state,
    working: pairs(data.working),
    bands: pairs(data.bands),
    name: data.name,
    words,
  };
}

/** How the clock stands at an instant: its state, and the time used and left of it.
 *  What was used by the server's now is the server's own figure; only what came after is added. */
export function standing(clock, now) {
  const since = worked(clock.working, now) - worked(clock.working, clock.now);
  const used = Math.min(clock.used + since, clock.total);
  const left = clock.total - used;
  let state = clock.state;
  if (state === "not started" && clock.starts !== null && now >= clock.starts) state = "running";
  if (state === "running" && now >= clock.due) state = "missed";
  return { state, used, left, isSoon: state === "running" && left * SOON < clock.total };
}

const TONES = { running: "info", missed: "bad" };

function paint(element, clock, now, language) {
  const at = standing(clock, now);
  const { words } = clock;
  if (clock.total && at.state !== "held") {
    const width = String(along(at.used, clock.total, clock.bands));
    const bar = element.querySelector("[data-clock-used]");
    if (bar && bar.getAttribute("width") !== width) bar.setAttribute("width", width);
    const left = element.querySelector("[data-clock-left]");
    const said = at.state === "missed"
      ? words.up : words.left.replace("{span}", span(at.left, words, language));
    if (left && left.textContent !== said) left.textContent = said;
  }
  const tone = at.isSoon ? "warn" : TONES[at.state];
  if (tone && !element.classList.contains(`clock-${tone}`)) recolour(element, tone);
  if (at.state !== element.dataset.shown) changeState(element, clock, at);
}

function recolour(element, tone) {
  const mark = element.querySelector(".mark");
  for (const [one, prefix] of [[element, "clock-"], [mark, "mark-"]]) {
    for (const other of ["info", "warn", "bad", "plain", "quiet", "good"]) {
      one?.classList.toggle(prefix + other, other === tone);
    }
  }
}

function changeState(element, clock, at) {
  const before = element.dataset.shown ?? clock.state;
  element.dataset.shown = at.state;
  if (before === at.state) return;
  const word = clock.words[at.state];
  const state = element.querySelector("[data-clock-state]");
  if (!word || !state) return;
  state.textContent = word;
  const bar = element.querySelector("[data-clock-bar]");
  bar?.setAttribute("aria-label", clock.words.bar
    .replace("{used}", span(at.used, clock.words, document.documentElement.lang))
    .replace("{left}", span(at.left, clock.words, document.documentElement.lang)));
  announce(clock.words.announced.replace("{clock}", clock.name).replace("{state}", word));
}

/** Only a change of state is spoken; a screen reader that counted seconds would say nothing else. */
function announce(text) {
  const place = document.getElementById("said");
  if (place) place.textContent = text;
}

/** Ticks every clock under `root` once a second, those that come later too, while it is seen. */
export function startClocks(root) {
  const known = new WeakMap();
  const language = document.documentElement.lang;
  let timer = null;

  function tick() {
    const here = Date.now();
    for (const element of root.querySelectorAll("[data-clock]")) {
      let found = known.get(element);
      if (!found || found.now !== Number(element.dataset.now)) {
        const clock = read(element);
        found = { now: clock.now, clock, skew: clock.now - here };
        known.set(element, found);
      }
      paint(element, found.clock, here + found.skew, language);
    }
    timer = setTimeout(tick, SECOND - (Date.now() % SECOND));
  }

  function follow() {
    clearTimeout(timer);
    timer = null;
    if (!document.hidden) tick();
  }

  document.addEventListener("visibilitychange", follow);
  root.addEventListener("htmx:after:swap", follow);
  follow();
}
