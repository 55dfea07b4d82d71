// Menus close when the reader goes elsewhere.

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
