// The three buttons that choose the theme.

const showTheme = (theme) => {
  root.dataset.bsTheme = theme;
  showPictures(theme);
  for (const button of all("[data-bs-theme-value]"))
    button.setAttribute("aria-pressed", button.dataset.bsThemeValue === theme);
};

const startThemes = () => {
  showTheme(root.dataset.bsTheme);
  for (const button of all("[data-bs-theme-value]"))
    button.addEventListener("click", () => {
      showTheme(button.dataset.bsThemeValue);
      remember("theme", root.dataset.bsTheme);
    });
};
