"use strict";

// Starts the page: folded parts are printed too, and the students are shown if the file has them.
let foldedAway = [];
window.addEventListener("beforeprint", () => {
  foldedAway = [...document.querySelectorAll("details[data-print]:not([open])")];
  for (const one of foldedAway) one.open = true;
});
window.addEventListener("afterprint", () => {
  for (const one of foldedAway) one.open = false;
});

// A link to a rule unfolds it.
function unfoldTarget() {
  const target = document.getElementById(location.hash.slice(1));
  if (target?.matches("details")) target.open = true;
}
window.addEventListener("hashchange", unfoldTarget);
unfoldTarget();

const dataElement = document.getElementById("data");
if (dataElement) new StudentList(new District(JSON.parse(dataElement.textContent)));
