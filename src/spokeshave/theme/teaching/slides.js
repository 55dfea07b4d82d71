// The parts of a page that are shown one at a time: what comes before the first section, then each section.

// Definitions of terms stand at the end of the text and are shown where their links are: they belong to no part.
const slidesOf = (text) => {
  const slides = [];
  for (const element of text.children) {
    if (element.hasAttribute("popover")) continue;
    if (!slides.length || element.matches("section:has(> .section-heading)")) slides.push([]);
    slides.at(-1).push(element);
  }
  return slides;
};

const titleOf = (slide) => slide[0].matches("section") ? slide[0].querySelector(".section-heading") : slide[0];

const holds = (slide, element) => slide.some((part) => part.contains(element));

const targetOfAddress = () => {
  try { return document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch { return null; }
};

const topOf = (element) => element.getBoundingClientRect().top;

// Where the address leads if that is in sight, else the last one that begins in the upper quarter of the window.
const slideInSight = (slides) => {
  const target = targetOfAddress();
  if (target && topOf(target) >= 0 && topOf(target) < innerHeight) {
    const number = slides.findIndex((slide) => holds(slide, target));
    if (number >= 0) return number;
  }
  return slides.findLastIndex((slide) => topOf(slide[0]) < innerHeight / 4);
};
