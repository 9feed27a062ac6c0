// Menus close by Escape and by a click elsewhere; buttons open the dialogs they name; what somebody
// has opened to read stays open when the part of the page that it stands in comes anew.

const menus = () => document.querySelectorAll("details.menu-button[open]");

document.addEventListener("click", (event) => {
  for (const menu of menus()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  const opens = event.target.closest?.("[data-opens]");
  if (opens) document.getElementById(opens.dataset.opens)?.showModal();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

const open = new Set();

document.addEventListener("toggle", (event) => {
  const { id } = event.target;
  if (!id || !event.target.matches("details")) return;
  if (event.target.open) open.add(id);
  else if (event.target.isConnected) open.delete(id);
}, true);

document.addEventListener("htmx:after:swap", () => {
  for (const id of open) {
    const found = document.getElementById(id);
    if (found) found.open = true;
  }
});
