"use strict";

// Adds to each student what the files leave outside the enrollments; orphaned.py has the format.
const LEFT_OUTSIDE = "LEFT-OUTSIDE";
const studentAlone = StudentList.prototype.makeStudent;
const facetsAlone = District.prototype.facets;

District.prototype.facets = function facets(i) {
  const found = facetsAlone.call(this, i);
  for (const [file] of this.orphaned[i] || []) found.why.add(`${LEFT_OUTSIDE} ${file}`);
  return found;
};

StudentList.prototype.makeStudent = function makeStudent(i) {
  const item = studentAlone.call(this, i);
  for (const [file, code, school, start, end, meaning, fix] of this.district.orphaned[i] || []) {
    item.querySelector(".why").append(make("li", { class: "s-warning" }, htmlIcon("warning"),
      make("p", {}, make("span", { class: "head" }, "Left outside: "),
        make("b", {}, `${file} ${code}, ${this.district.school(school)}, ${start} to ${end || "open"}`),
        make("span", { class: "code" }, ` ${LEFT_OUTSIDE} ${file}`)),
      make("p", {}, sentence(meaning)),
      make("p", { class: "fix" }, sentence(fix))));
  }
  return item;
};
