"use strict";

// The list of students: filtered while typing, shown a few at a time, each with a picture.
const AT_A_TIME = 20;
const PRINTED_AT_MOST = 300;
const STUDENT = /^\d{10}$/;
const NAMES_OF_LISTS = ["school", "what", "why"];
const SIDES = ["CALPADS", "SIS"];

function make(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

function htmlIcon(name) {
  const made = icon(name, 0, 0, 16);
  return made;
}

function sayValue(district, field, value) {
  if (!value) return "blank";
  const meaning = district.meaning(field, value);
  return meaning ? `${value} (${meaning})` : value;
}

function sentence(text) {
  return `${text[0].toUpperCase()}${text.slice(1)}${text.endsWith(".") ? "" : "."}`;
}

function saySpan(one, district) {
  return `${district.school(one.school)}, ${one.start_date || "no start date"} to ${one.exit_date || "open"}`;
}

function makeChanges(student, district, place) {
  return student.differences.filter((one) => one.place === place).map((one) =>
    make("span", { class: "change" },
      `${district.fields[one.field] || one.field}: `,
      make("del", {}, sayValue(district, one.field, one.ods_value)),
      " → ",
      make("ins", {}, sayValue(district, one.field, one.target_value))));
}

// One item per record that is sent, left alone, or waiting, and one per finding.
function makeWhy(student, district) {
  const items = [];
  const add = (kind, severity, ...children) => {
    const item = make("li", { class: severity ? `s-${kind}` : `k-${kind}` });
    item.append(htmlIcon(kind), ...children);
    items.push(item);
  };
  for (const reason of student.reasons) {
    const one = student.enrollments[reason.place - 1];
    // a record that is on hold itself is explained by its finding
    if (!one || reason.class === "held") continue;
    const waits = one.class === "held";
    const label = district.labels[reason.class][0];
    const changes = makeChanges(student, district, reason.place);
    add(waits ? "held" : reason.class, false,
      make("p", {},
        make("span", { class: "head" }, waits ? `Waits: ${label}` : label), " ",
        make("b", {}, saySpan(one, district)),
        one.file ? make("span", { class: "code" }, ` ${one.file}`) : ""),
      // for changed fields, the list of changes is enough
      reason.reason === "FIELDS-CHANGED" ? "" : make("p", {}, district.nameSchools(reason.explanation)),
      changes.length ? make("p", {}, ...changes) : "");
  }
  for (const one of student.findings) {
    const [severity, name, fix] = district.rules[one.rule];
    const record = student.enrollments[one.place - 1];
    // already shown as the reason of a record that is left alone
    if (LEFT.includes(record?.class) && record.reason === one.rule) continue;
    const value = one.value && !one.message.includes(one.value)
      ? ` ${district.fields[one.field] || one.field}: ${one.value}.` : "";
    const line = record ? ` ${SIDES[record.side]} line ${record.line}.` : "";
    add(severity, true,
      make("p", {}, make("span", { class: "head" }, severity === "fatal" ? "On hold: " : ""),
        make("b", {}, name), make("span", { class: "code" }, ` ${one.rule}`)),
      make("p", {}, `${sentence(district.nameSchools(one.message))}${value}${line}`),
      make("p", { class: "fix" }, sentence(fix)));
  }
  return make("ul", { class: "why" }, ...items);
}

function makeTable(student, district) {
  const heads = ["Where", "Line", "School", "Start", "Exit", "Reason", "Status", "Grade", "Completion", "What happens"];
  const body = student.enrollments.map((one) => {
    const own = one.side === 1 && one.exit_outcome
      ? make("small", {}, ` (SIS: ${one.other_exit_date || "open"}${one.other_exit_reason ? ` ${one.other_exit_reason}` : ""})`)
      : "";
    return make("tr", {},
      make("th", { scope: "row" }, SIDES[one.side]),
      make("td", { class: "n" }, String(one.line)),
      make("td", {}, district.schools[one.school] ? `${district.schools[one.school]} ` : "", make("small", { class: "code" }, one.school || "blank")),
      make("td", { class: "day" }, one.start_date || "blank"),
      make("td", {}, make("span", { class: "day" }, one.exit_date || "open"), own),
      make("td", { class: "code" }, one.exit_reason),
      make("td", { class: "code" }, one.status),
      make("td", { class: "code" }, one.grade),
      make("td", { class: "code" }, one.completion_status),
      make("td", {}, make("span", { class: `mark k-${one.class}` }, htmlIcon(one.class), district.labels[one.class][0])));
  });
  return make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": `Enrollments of ${student.name || "no name"}, ${student.ssid || student.local}` },
    make("table", {},
      make("thead", {}, make("tr", {}, ...heads.map((head) => make("th", { scope: "col" }, head)))),
      make("tbody", {}, ...body)));
}

class StudentList {
  constructor(district) {
    this.district = district;
    this.list = document.getElementById("list");
    this.found = document.getElementById("found");
    this.moreRow = document.getElementById("more-row");
    this.printNote = document.getElementById("print-note");
    this.printFilter = document.getElementById("print-filter");
    this.search = document.getElementById("search");
    this.lists = NAMES_OF_LISTS.map((name) => document.getElementById(`by-${name}`));
    this.facets = Array.from({ length: district.size }, (_, i) => district.facets(i));
    const names = district.students.name.map(fold);
    this.order = names.map((_, i) => i).sort((a, b) => (names[a] < names[b] ? -1 : names[a] > names[b] ? 1 : a - b));
    this.fillLists();
    this.listen();
    this.filter();
    this.readAddress();
  }

  // The part of the address after #: a student's SSID, or what is chosen in the lists. Anything
  // else, such as a section, changes nothing. What is typed is not kept: it may be a name.
  readAddress() {
    const after = location.hash.slice(1);
    const isStudent = STUDENT.test(after);
    const chosen = isStudent ? new Map() : new Map(new URLSearchParams(after));
    if (!isStudent && !NAMES_OF_LISTS.some((name) => chosen.has(name))) return;
    this.search.value = isStudent ? after : "";
    this.lists.forEach((list, at) => {
      list.value = chosen.get(NAMES_OF_LISTS[at]) || "";
      if (list.selectedIndex < 0) list.value = ""; // another run's school or rule
    });
    this.filter();
    document.getElementById("students").scrollIntoView();
    const first = this.list.firstElementChild;
    first?.focus({ preventScroll: true });
    if (isStudent && first) first.querySelector("details").open = true;
  }

  writeAddress() {
    const chosen = new URLSearchParams();
    this.lists.forEach((list, at) => { if (list.value) chosen.set(NAMES_OF_LISTS[at], list.value); });
    const typed = this.search.value.trim();
    const isStudent = STUDENT.test(typed) && this.matches.length > 0;
    const after = chosen.toString() || (isStudent ? typed : "");
    if (after === location.hash.slice(1)) return;
    const [page] = location.href.split("#");
    history.replaceState(null, "", after ? `${page}#${after}` : page);
  }

  fillLists() {
    const { district } = this;
    const count = (name) => {
      const counts = new Map();
      for (const facets of this.facets) for (const value of facets[name]) counts.set(value, (counts.get(value) || 0) + 1);
      return counts;
    };
    const options = (list, counts, values, label) => {
      for (const value of values) list.append(make("option", { value }, `${label(value)} (${counts.get(value)})`));
    };
    const [school, what, why] = this.lists;
    const schools = count("school");
    const schoolLabel = (code) => (district.schools[code] ? `${district.schools[code]}, ${code}` : code);
    options(school, schools, [...schools.keys()].filter(Boolean).sort((a, b) => (schoolLabel(a) < schoolLabel(b) ? -1 : 1)), schoolLabel);
    const happens = count("what");
    const group = (list, label) => list.appendChild(make("optgroup", { label }));
    options(group(what, "Class"), happens, Object.keys(district.labels).filter((one) => happens.has(one)), (one) => district.labels[one][0]);
    options(group(what, "Upload file"), happens, [...happens.keys()].filter((one) => !district.labels[one]).sort(), (one) => one);
    const reasons = count("why");
    const isRule = (one) => one in district.rules;
    options(group(why, "Reason"), reasons, [...reasons.keys()].filter((one) => one && !isRule(one)).sort(), (one) => one);
    options(group(why, "Rule"), reasons, [...reasons.keys()].filter(isRule).sort(), (one) => `${one}: ${district.rules[one][1]}`);
  }

  listen() {
    const form = this.search.form;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(() => this.change()));
    this.search.addEventListener("input", () => this.change());
    for (const list of this.lists) list.addEventListener("change", () => this.change());
    document.getElementById("more").addEventListener("click", () => {
      const next = this.list.children.length;
      this.showMore();
      this.list.children[next]?.focus();
    });
    document.addEventListener("keydown", (event) => {
      const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
      if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        this.search.focus();
        this.search.scrollIntoView({ block: "center" });
      }
    });
    for (const button of document.querySelectorAll("button[data-school], button[data-why]")) {
      button.addEventListener("click", () => {
        form.reset();
        for (const [name, value] of Object.entries(button.dataset)) {
          document.getElementById(`by-${name}`).value = value;
        }
        this.change();
        document.getElementById("students").scrollIntoView();
        this.search.focus({ preventScroll: true });
      });
    }
    // show more students before the reader scrolls to the end of the list
    new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) this.showMore();
    }, { rootMargin: "600px" }).observe(this.moreRow);
    let width = this.list.clientWidth;
    new ResizeObserver(() => {
      if (Math.abs(this.list.clientWidth - width) > 8) {
        width = this.list.clientWidth;
        this.redraw();
      }
    }).observe(this.list);
    window.addEventListener("hashchange", () => this.readAddress());
    document.addEventListener("click", (event) => {
      // a second click on the same link changes no address
      const link = event.target.closest("a[href^='#']");
      if (link && link.hash === location.hash) this.readAddress();
    });
    window.addEventListener("beforeprint", () => this.beforePrint());
    window.addEventListener("afterprint", () => this.afterPrint());
  }

  change() {
    this.filter();
    this.writeAddress();
  }

  filter() {
    const parts = fold(this.search.value).split(/\s+/).filter(Boolean);
    const [school, what, why] = this.lists.map((list) => list.value);
    this.matches = this.order.filter((i) => {
      const facets = this.facets[i];
      return (!school || facets.school.has(school)) && (!what || facets.what.has(what))
        && (!why || facets.why.has(why)) && parts.every((part) => facets.text.includes(part));
    });
    const count = (n) => `${n.toLocaleString("en-US")} ${n === 1 ? "student" : "students"}`;
    this.found.textContent = this.matches.length === this.district.size
      ? count(this.district.size)
      : `${this.matches.length.toLocaleString("en-US")} of ${count(this.district.size)}`;
    document.getElementById("none").hidden = this.matches.length > 0;
    this.list.replaceChildren();
    this.showMore();
  }

  showMore(atLeast = AT_A_TIME) {
    const shown = this.list.children.length;
    for (const i of this.matches.slice(shown, shown + atLeast)) this.list.append(this.makeStudent(i));
    this.moreRow.hidden = this.list.children.length >= this.matches.length;
  }

  drawInto(figure, student, width) {
    const picture = drawTimeline(student, this.district, width);
    figure.replaceChildren(picture || make("p", { class: "blank" }, "No enrollment has valid dates to draw."));
  }

  makeStudent(i) {
    const { district } = this;
    const student = district.student(i);
    const kinds = Object.keys(district.labels).filter((name) => this.facets[i].what.has(name));
    const figure = make("figure", { class: "timeline" });
    this.drawInto(figure, student, Math.max(this.list.clientWidth - 34, 240));
    const details = make("details", {}, make("summary", {}, "All enrollments, line by line"));
    details.addEventListener("toggle", () => {
      if (details.open && details.children.length === 1) details.append(makeTable(student, district));
    });
    const item = make("li", { class: "student", tabindex: "-1" },
      make("h3", {}, student.name || "No name",
        make("small", {}, student.ssid ? "SSID " : "no SSID",
          STUDENT.test(student.ssid)
            ? make("a", { class: "code", href: `#${student.ssid}` }, student.ssid)
            : make("span", { class: "code" }, student.ssid),
          student.local ? ", local ID " : "", make("span", { class: "code" }, student.local)),
        make("span", { class: "marks" }, ...kinds.map((name) =>
          make("span", { class: `mark k-${name}` }, htmlIcon(name), district.labels[name][0])))),
      makeWhy(student, district), figure, details);
    item.redraw = (width) => this.drawInto(figure, student, width);
    return item;
  }

  redraw(width = Math.max(this.list.clientWidth - 34, 240)) {
    for (const item of this.list.children) item.redraw(width);
  }

  beforePrint() {
    const missing = Math.min(this.matches.length, PRINTED_AT_MOST) - this.list.children.length;
    if (missing > 0) this.showMore(missing);
    const left = this.matches.length - this.list.children.length;
    this.printNote.hidden = left <= 0;
    this.printNote.textContent = `${left.toLocaleString("en-US")} more students match but are not printed: filter the list, then print again.`;
    const filter = this.sayFilter();
    document.body.classList.toggle("filtered", filter !== "");
    this.printFilter.hidden = filter === "";
    this.printFilter.textContent = filter;
    this.redraw(680);
  }

  // What is filtered, in the form's own words; blank if nothing is.
  sayFilter() {
    const parts = this.lists.filter((list) => list.value).map((list) => {
      const choice = list.selectedOptions[0].textContent.replace(/ \(\d+\)$/, "");
      return `${list.closest("label").firstChild.textContent.trim()}: ${choice}`;
    });
    const typed = this.search.value.trim();
    if (typed) parts.push(`Search: ${typed}`);
    return parts.length ? `Printed: only students with ${parts.join("; ")}.` : "";
  }

  afterPrint() {
    this.printNote.hidden = true;
    this.printFilter.hidden = true;
    document.body.classList.remove("filtered");
    this.redraw();
  }
}
