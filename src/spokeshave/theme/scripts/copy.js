// A copy button on code, not on what it prints.

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
