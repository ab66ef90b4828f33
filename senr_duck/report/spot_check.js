"use strict";

// Saves who looked up whom as a file of JSON, which `senr-duck spot-check --record` reads.
function today() {
  const now = new Date();
  const two = (n) => String(n).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

function readChecks(list, by) {
  const students = [];
  for (const item of list.children) {
    const boxes = [...item.querySelectorAll("input[type=checkbox]")];
    const ticked = boxes.filter((box) => box.checked).length;
    if (ticked) {
      students.push({
        lea: item.dataset.lea,
        ssid: item.dataset.ssid,
        local_student_id: item.dataset.local,
        checked_on: item.dataset.on,
        ticked,
        lines: boxes.length,
      });
    }
  }
  return { format: "senr-duck spot-check 1", run_id: list.dataset.run, checked_by: by, students };
}

function saveChecks(list, form) {
  const saved = document.getElementById("checks-saved");
  const checks = readChecks(list, document.getElementById("checked-by").value.trim());
  if (!checks.students.length || !checks.checked_by) {
    saved.textContent = checks.checked_by ? "Nothing is ticked yet." : "Write your name first.";
    return;
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(checks, null, 1)], { type: "application/json" }));
  link.download = `spot_check_${checks.run_id}.json`;
  form.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  const n = checks.students.length;
  saved.textContent = `Saved ${n} ${n === 1 ? "student" : "students"} as ${link.download}.`;
}

const checkList = document.getElementById("checks");
if (checkList) {
  const form = document.getElementById("keep-checks");
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    saveChecks(checkList, form);
  });
  // the day is that of the last tick, even if the page is saved later
  checkList.addEventListener("change", (event) => {
    event.target.closest("li").dataset.on = today();
  });
}
