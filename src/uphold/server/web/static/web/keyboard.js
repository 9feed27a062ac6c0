// Keys: j and k walk the rows of a list (`data-row`), Enter opens the one that is chosen, / goes to
// the search (`data-search`), a figure takes the action that bears it (`data-key="1"`), ? shows the
// keys, Ctrl+Enter sends a form.
// Nothing happens while somebody writes, nor with another modifier: those are the browser's keys.

const CHOSEN = "is-chosen";

function isWriting(target) {
  return target.isContentEditable || target.matches("input, textarea, select");
}

function lines() {
  return [...document.querySelectorAll("[data-row]")];
}

function step(by) {
  const all = lines();
  if (!all.length) return false;
  const at = all.findIndex((line) => line.classList.contains(CHOSEN));
  const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by));
  if (at >= 0) all[at].classList.remove(CHOSEN);
  all[next].classList.add(CHOSEN);
  const link = all[next].querySelector("a[href]");
  link?.focus({ preventScroll: true });
  all[next].scrollIntoView({ block: "nearest" });
  return true;
}

function search() {
  const field = document.querySelector("[data-search]");
  field?.focus();
  field?.select?.();
  return Boolean(field);
}

function help() {
  const dialog = document.getElementById("keys");
  if (!dialog || dialog.open) return false;
  dialog.showModal();
  return true;
}

function act(key) {
  const action = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  action?.click();
  return Boolean(action);
}

const KEYS = { j: () => step(1), k: () => step(-1), "/": search, "?": help };

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const form = event.target.closest?.("form");
    if (form) {
      event.preventDefault();
      form.requestSubmit();
    }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const isDone = /^[1-9]$/.test(event.key) ? act(event.key) : KEYS[event.key]?.();
  if (isDone) event.preventDefault();
});
