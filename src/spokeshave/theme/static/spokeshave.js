// What a lesson's pages cannot do with HTML and CSS alone. Every page works without it.
// Loaded in the head, so that the reader's theme is there before anything is painted.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");

  // Some readers' settings close the storage: then nothing is remembered.
  const recall = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
  const remember = (key, value) => { try { localStorage.setItem(key, value); } catch { /* see above */ } };
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  // ---- Theme

  const showTheme = (theme) => {
    root.dataset.bsTheme = theme;
    for (const button of all("[data-bs-theme-value]"))
      button.setAttribute("aria-pressed", button.dataset.bsThemeValue === theme);
  };
  const saved = recall("theme");
  showTheme(["light", "dark"].includes(saved) ? saved : "auto");

  const startTheme = () => {
    showTheme(root.dataset.bsTheme);
    for (const button of all("[data-bs-theme-value]"))
      button.addEventListener("click", () => {
        showTheme(button.dataset.bsThemeValue);
        remember("theme", root.dataset.bsTheme);
      });
  };

  // ---- Tabs: until here all panels show, one below the other

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

  // ---- Folds

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

  const startPrint = () => {
    let opened = [];
    addEventListener("beforeprint", () => {
      opened = folds().filter((fold) => !fold.open);
      for (const fold of opened) fold.open = true;
    });
    addEventListener("afterprint", () => { for (const fold of opened) fold.open = false; });
  };

  // ---- Wide tables scroll inside a wrapper, which the keyboard can reach

  const measure = (wrapper) => {
    const name = wrapper.querySelector("caption")?.textContent.trim() || document.body.dataset.table;
    const wide = wrapper.scrollWidth > wrapper.clientWidth + 1;
    for (const [key, value] of [["tabindex", "0"], ["role", "group"], ["aria-label", name]])
      if (wide) wrapper.setAttribute(key, value);
      else wrapper.removeAttribute(key);
  };

  const startTables = () => {
    // Folds and tabs give their tables a width only when they open.
    const watcher = new ResizeObserver((entries) => entries.forEach((entry) => measure(entry.target)));
    for (const table of all("main table.table")) {
      let wrapper = table.closest(".table-wrapper");
      if (!wrapper) {
        wrapper = document.createElement("div");
        wrapper.className = "table-wrapper";
        table.replaceWith(wrapper);
        wrapper.append(table);
      }
      measure(wrapper);
      watcher.observe(wrapper);
    }
  };

  // ---- A copy button on code, not on what it prints

  const startCopy = () => {
    if (!navigator.clipboard) return;
    const { copy, copied } = document.body.dataset;
    for (const label of all(".codewrapper.sourceCode > .code-label")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "copy-button";
      button.textContent = copy;
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(label.parentElement.querySelector("code").textContent);
        button.textContent = copied;
        setTimeout(() => { button.textContent = copy; }, 2000);
      });
      label.append(button);
    }
  };

  // ---- Menus close when the reader goes elsewhere

  const startMenus = () => {
    addEventListener("click", (event) => {
      for (const menu of all("details.dropdown[open]")) if (!menu.contains(event.target)) menu.open = false;
      const sidebar = document.getElementById("sidebar");
      if (event.target.closest?.("#sidebar a") && sidebar.matches(":popover-open")) sidebar.hidePopover();
    });
    addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      for (const menu of all("details.dropdown[open]")) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
    });
  };

  document.addEventListener("DOMContentLoaded", () => {
    startTheme();
    startTabs();
    startExpand();
    startTables();
    startCopy();
    startMenus();
    startPrint();
    revealTarget();
    addEventListener("hashchange", revealTarget);
  });
})();
