// Tabs: until this ran, all panels show, one below the other.

const GROUP = "group-tabs-last-selected";

const select = (button) => {
  for (const other of all("[role=tab]", button.parentElement)) {
    const chosen = other === button;
    other.classList.toggle("active", chosen);
    other.setAttribute("aria-selected", chosen);
    other.tabIndex = chosen ? 0 : -1;
    document.getElementById(other.getAttribute("aria-controls")).hidden = !chosen;
  }
};

// A choice in one group is made in all groups that know it, and on the pages to come.
const selectGroup = (name) => {
  for (const button of all("[data-group-tabs] [role=tab]")) if (button.name === name) select(button);
};

const choose = (button) => {
  if (!button.closest(".tabs").hasAttribute("data-group-tabs")) return select(button);
  // The other groups may change their height: keep this one where the reader sees it.
  const before = button.getBoundingClientRect().top;
  remember(GROUP, button.name);
  selectGroup(button.name);
  scrollBy(0, button.getBoundingClientRect().top - before);
};

const moveAlong = (event) => {
  const buttons = all("[role=tab]", event.currentTarget);
  const here = buttons.indexOf(document.activeElement);
  const next = { ArrowLeft: here - 1, ArrowRight: (here + 1) % buttons.length, Home: 0, End: -1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  const button = buttons.at(next);
  button.focus();
  choose(button);
};

const startTabs = () => {
  for (const list of all(".tabs > nav > [role=tablist]")) {
    for (const button of all("[role=tab]", list)) button.addEventListener("click", () => choose(button));
    list.addEventListener("keydown", moveAlong);
    list.closest(".tabs").classList.add("tabbed");
    select(list.firstElementChild);
  }
  const last = recall(GROUP);
  if (last) selectGroup(last);
};
