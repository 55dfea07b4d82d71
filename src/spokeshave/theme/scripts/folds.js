// Folds: solutions, hints, spoilers, instructor notes.

const folds = () => all("main details");

const startExpand = () => {
  const button = document.getElementById("expand-code");
  button?.addEventListener("click", () => {
    const open = button.getAttribute("aria-pressed") !== "true";
    for (const fold of folds()) fold.open = open;
    button.setAttribute("aria-pressed", open);
    button.textContent = open ? button.dataset.collapse : button.dataset.expand;
  });
};

// A link may lead into a closed fold or to a tab that is not in front.
const revealTarget = () => {
  let target = null;
  try { target = document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch { return; }
  if (!target) return;
  for (let place = target; place; place = place.parentElement) {
    if (place.tagName === "DETAILS") place.open = true;
    if (place.hidden && place.matches(".tab-pane"))
      select(document.getElementById(place.getAttribute("aria-labelledby")));
  }
  for (const fold of all(":scope > details", target)) fold.open = true;
  target.scrollIntoView();
};

const startFolds = () => {
  startExpand();
  revealTarget();
  addEventListener("hashchange", revealTarget);
};
