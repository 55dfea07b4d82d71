// The all-in-one page is very long. At first a browser lays out only what is near the window (pages.css), and then,
// while it has nothing else to do, one section after the other: soon all stand as on any page.

const startUnrolling = () => {
  const waiting = root.classList.contains("unrolling") ? all("section[id^='aio-'] ~ section[id^='aio-'] > section") : [];
  const finish = () => root.classList.remove("unrolling");
  if (!waiting.length) return finish();
  const idle = window.requestIdleCallback ?? ((action) => setTimeout(action, 20));
  const next = () => {
    waiting.shift()?.classList.add("unrolled");
    if (waiting.length) idle(next);
    else finish();
  };
  // Before a reader goes anywhere, all must stand: nothing may move on the way, and links must lead to their places.
  for (const name of ["hashchange", "keydown", "pointerdown", "touchstart", "wheel"])
    addEventListener(name, finish, { once: true, passive: true });
  addEventListener("load", () => idle(next));
};
