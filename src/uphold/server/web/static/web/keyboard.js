// Keys: j and k walk the lines of a list (`data-list`, its lines `data-line`), Enter opens the one
// that is chosen, / goes to the search (`data-search`), ? shows the keys, Ctrl+Enter sends a form.
// Nothing happens while somebody writes, nor with another modifier: those are the browser's keys.

const CHOSEN = "is-chosen";

function isWriting(target) {
  return target.isContentEditable || target.matches("input, textarea, select");
}

function lines() {
  return [...document.querySelectorAll("[data-list] [data-line]")];
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
  if (KEYS[event.key]?.()) event.preventDefault();
});
