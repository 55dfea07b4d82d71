// A copy button on code, not on what it prints. Lessons may do without: `copy: false` in config.yaml.

// Prompts are not copied, nor what a program printed between them.
const typed = (code) => {
  if (!code.querySelector(".prompt")) return code.textContent;
  const lines = [...code.children].filter((line) => !line.querySelector(".printed"));
  return lines.map((line) => {
    const prompt = line.querySelector(".prompt")?.textContent ?? "";
    return line.textContent.slice(prompt.length);
  }).join("\n");
};

const startCopy = () => {
  const { copy, copied } = document.body.dataset;
  if (!copy || !navigator.clipboard) return;
  const status = document.createElement("p"); // what is written here is read aloud
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  document.body.append(status);
  for (const label of all(".codewrapper:not(:has(> :is(pre.output, pre.error, pre.warning))) > .code-label")) {
    const code = label.parentElement.querySelector("code");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy-button";
    button.textContent = copy;
    button.addEventListener("click", async () => {
      try { await navigator.clipboard.writeText(typed(code)); }
      catch { return getSelection().selectAllChildren(code); } // the browser says no: one more key does it
      button.textContent = status.textContent = copied;
      setTimeout(() => { button.textContent = copy; status.textContent = ""; }, 2000);
    });
    label.append(button);
  }
};
