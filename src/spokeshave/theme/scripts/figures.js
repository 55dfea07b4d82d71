// Figures: their files for the dark theme, and a window in which they are shown large.

// The page's own condition on these files follows the system; a reader's choice of theme goes before it.
const showPictures = (theme) => {
  for (const source of all("picture > source[media*='prefers-color-scheme: dark'], picture > source[data-media]")) {
    source.dataset.media ??= source.media;
    source.media = { dark: "screen", light: "not all" }[theme] ?? source.dataset.media;
  }
};

const isVector = (image) => /\.svg([?#]|$)/i.test(image.currentSrc || image.src);

// Whether the file has more to show than the page does. A vector drawing has, until it fills the window.
const isReduced = (image) => {
  const most = isVector(image) ? innerWidth * 0.8 : image.naturalWidth || image.getAttribute("width");
  return most > image.clientWidth * 1.05;
};

// Alternative texts may be long: they stay with the image.
const shortName = (figure) => {
  const text = (figure.querySelector("figcaption")?.textContent ?? figure.querySelector("img").alt).trim();
  return text.length > 80 ? `${text.slice(0, 79).trim()}…` : text;
};

const dialogOf = (figure) => {
  const { close, zoom } = document.body.dataset;
  const dialog = document.createElement("dialog");
  dialog.className = "figure-dialog";
  const copy = figure.cloneNode(true);
  for (const element of [copy, ...all("[id]", copy)]) element.removeAttribute("id");
  copy.querySelector(".enlarge").remove();
  const image = copy.querySelector("img");
  for (const name of ["style", "width", "height", "loading"]) image.removeAttribute(name);
  if (isVector(image)) {
    image.classList.add("vector");
    image.width = 2 * figure.querySelector("img").naturalWidth;
  }
  const bar = document.createElement("p");
  for (const [name, label] of [["zoom", zoom], ["close", close]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `figure-${name}`;
    button.textContent = label;
    bar.append(button);
  }
  dialog.setAttribute("aria-label", shortName(figure) || document.body.dataset.enlarge);
  dialog.append(bar, copy);
  return dialog;
};

const showLarge = (figure) => {
  const dialog = dialogOf(figure);
  const image = dialog.querySelector("img");
  const [zoom, close] = all("button", dialog);
  const setNatural = (natural) => {
    dialog.classList.toggle("natural", natural);
    zoom.setAttribute("aria-pressed", natural);
  };
  const toggle = () => setNatural(!dialog.classList.contains("natural"));
  zoom.addEventListener("click", toggle);
  image.addEventListener("click", toggle);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target.matches("dialog, figure")) dialog.close(); });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  close.focus();
  // On a phone, and where an image is tall, all of it is no larger than on the page.
  const drawn = Math.min(image.clientWidth, image.clientHeight * image.naturalWidth / image.naturalHeight);
  setNatural(drawn < figure.querySelector("img").clientWidth * 1.3);
};

const startFigures = () => {
  const watcher = new ResizeObserver((entries) => {
    for (const { target } of entries) target.closest("figure").querySelector(".enlarge").hidden = !isReduced(target);
  });
  for (const image of all("main figure > img, main figure > picture > img")) {
    const figure = image.closest("figure");
    if (figure.closest("a")) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "enlarge";
    button.hidden = true;
    const name = document.createElement("span");
    name.className = "visually-hidden";
    name.textContent = [document.body.dataset.enlarge, shortName(figure)].filter(Boolean).join(": ");
    button.append(name);
    image.closest("picture, img").after(button);
    for (const place of [button, image])
      place.addEventListener("click", () => { if (!button.hidden) showLarge(figure); });
    watcher.observe(image);
  }
};
