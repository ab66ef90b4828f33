"use strict";

// Starts the page: what is folded away is printed too, and the students are shown if they are here.
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
