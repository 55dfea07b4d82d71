// Folds: solutions, hints, spoilers, instructor notes.

const folds = () => all("main details");

// The label says what the button will do: it follows folds that are opened and closed by hand.
const startExpand = () => {
  const button = document.getElementById("expand-code");
  if (!button) return;
  const allOpen = () => folds().every((fold) => fold.open);
  const label = () => { button.textContent = allOpen() ? button.dataset.collapse : button.dataset.expand; };
  button.addEventListener("click", () => {
    const open = !allOpen();
    for (const fold of folds()) fold.open = open;
    label(); // the events of the folds come later, and a screen reader reads the label now
  });
  document.addEventListener("toggle", label, true); // it does not bubble
  label();
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
