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

const dataElement = document.getElementById("data");
if (dataElement) new StudentList(new District(JSON.parse(dataElement.textContent)));
