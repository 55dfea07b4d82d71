// On paper, folds are open but for solutions, hints and notes. The stylesheet does the same where browsers let it.

const startPrinting = () => {
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = folds().filter((fold) => !fold.open && !fold.closest(".challenge-accordion, .instructor-note"));
    for (const fold of opened) fold.open = true;
  });
  addEventListener("afterprint", () => { for (const fold of opened) fold.open = false; });
  document.getElementById("print-page")?.addEventListener("click", () => print());
};
