// A document that was opened at a place: the reader is led there.
const place = document.querySelector("mark");
if (place) {
  place.scrollIntoView({ block: "center" });
  place.focus({ preventScroll: true });
}
