// The link to the other view leads to the place that is read now: to what has an id and stands nearest to the top.
// What only one view has, or what is in a fold, is no such place.

const placeNow = () => {
  let nearest = null;
  for (const place of all("main [id]:not(.accordion, .accordion *, .accordion-header, [popover], [popover] *)")) {
    const distance = Math.abs(place.getBoundingClientRect().top - 16);
    if (place.getClientRects().length && !(nearest?.distance <= distance)) nearest = { place, distance };
  }
  return scrollY > 0 && nearest ? nearest.place.id : "";
};

const startViews = () => addEventListener("click", (event) => {
  const link = event.target.closest?.(".view-toggle");
  if (link) link.hash = placeNow();
});
