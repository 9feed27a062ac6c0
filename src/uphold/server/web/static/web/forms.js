// Forms that open on a page. `[data-opened]` is where they come: focus goes into the form, and back to
// what opened it when one leaves (`data-leaves="ID"`). `data-focuses="ID"` leads to a field,
// `data-fills="NAME" data-value="…"` puts a value into the field of that name.

const FIELDS = "input:not([type=hidden]), select, textarea";
let opener = null;

function enter(place) {
  const field = place.querySelector(FIELDS);
  const chosen = field?.type === "radio" && field.form.querySelector(`[name="${field.name}"]:checked`);
  const first = chosen || field || place.querySelector("[tabindex='-1']");
  place.scrollIntoView({ block: "nearest" });
  first?.focus();
}

function leave(place) {
  place.replaceChildren();
  if (opener?.isConnected) opener.focus();
  opener = null;
}

function fill(button) {
  const forms = [button.closest("form"), ...document.forms].filter(Boolean);
  const field = forms.map((form) => form.elements[button.dataset.fills]).find(Boolean);
  if (!field) return;
  field.value = button.dataset.value;
  field.focus();
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

function show(field) {
  field.scrollIntoView({ block: "center" });
  field.focus();
}

document.addEventListener("click", (event) => {
  const near = (selector) => event.target.closest?.(selector);
  const opens = near("[hx-target]");
  if (opens && document.querySelector(opens.getAttribute("hx-target"))?.matches("[data-opened]")) {
    opener = opens;
  }
  const fills = near("[data-fills]");
  if (fills) fill(fills);
  const field = document.getElementById(near("[data-focuses]")?.dataset.focuses);
  const place = document.getElementById(near("[data-leaves]")?.dataset.leaves);
  if (field) show(field);
  if (place) leave(place);
  if (field || place) event.preventDefault();
});

document.addEventListener("htmx:after:swap", (event) => {
  const place = event.detail?.ctx?.target;
  if (place?.matches?.("[data-opened]")) enter(place);
});
