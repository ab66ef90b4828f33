"use strict";

// The list of a comparison: filtered while typing, shown a few at a time. compared.py has the format.
const PARTS = ["school", "kind", "reason", "acts"];

class ToDoList {
  constructor(section) {
    const { reasons, lines } = JSON.parse(section.querySelector(".to-do-data").textContent);
    this.section = section;
    this.lines = lines.map(([at, name, local, ssid, school, record, ods, sis, remark, values]) => {
      const [kind, kindName, reason, acts, meaning, fix] = reasons[at];
      const text = fold(`${name} ${ssid} ${local}`);
      return { kind, kindName, reason, acts, meaning, fix, name, local, ssid, school, record, ods, sis, remark, values, text };
    });
    this.form = section.querySelector("form");
    this.search = section.querySelector("input");
    this.lists = PARTS.map((part) => section.querySelector(`[data-by=${part}]`));
    this.list = section.querySelector(".to-do");
    this.moreRow = section.querySelector(".more");
    this.fillLists();
    this.listen();
    this.readAddress();
  }

  // On a page of its own, the part of the address after # may be a student's SSID.
  readAddress() {
    const after = location.hash.slice(1);
    const isStudent = STUDENT.test(after) && !document.getElementById("data");
    if (isStudent) this.search.value = after;
    this.filter();
    if (isStudent) this.form.scrollIntoView();
  }

  fillLists() {
    this.lists.forEach((list, at) => {
      const counts = new Map();
      for (const one of this.lines) counts.set(one[PARTS[at]], (counts.get(one[PARTS[at]]) || 0) + 1);
      const names = new Map(this.lines.map((one) => [one.kind, one.kindName]));
      const values = [...counts.keys()].filter(Boolean);
      if (PARTS[at] === "school") values.sort();
      for (const value of values) {
        const label = PARTS[at] === "kind" ? names.get(value) : value;
        list.append(make("option", { value }, `${label} (${counts.get(value)})`));
      }
    });
  }

  listen() {
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("reset", () => setTimeout(() => this.filter()));
    this.search.addEventListener("input", () => this.filter());
    for (const list of this.lists) list.addEventListener("change", () => this.filter());
    this.moreRow.querySelector("button").addEventListener("click", () => {
      const next = this.list.children.length;
      this.showMore();
      this.list.children[next]?.focus();
    });
    for (const button of this.section.querySelectorAll("button[data-reason]")) {
      button.addEventListener("click", () => {
        this.form.reset();
        this.lists[PARTS.indexOf("reason")].value = button.dataset.reason;
        // the form is cleared first
        setTimeout(() => {
          this.filter();
          this.form.scrollIntoView();
          this.search.focus({ preventScroll: true });
        });
      });
    }
    new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) this.showMore();
    }, { rootMargin: "600px" }).observe(this.moreRow);
    window.addEventListener("hashchange", () => this.readAddress());
    window.addEventListener("beforeprint", () => this.beforePrint());
    window.addEventListener("afterprint", () => this.afterPrint());
  }

  filter() {
    const parts = fold(this.search.value).split(/\s+/).filter(Boolean);
    const chosen = this.lists.map((list) => list.value);
    this.matches = this.lines.filter((one) => PARTS.every((part, at) => !chosen[at] || one[part] === chosen[at])
      && parts.every((part) => one.text.includes(part)));
    const all = this.lines.length;
    const count = `${all.toLocaleString("en-US")} ${all === 1 ? "record" : "records"}`;
    this.section.querySelector(".found").textContent = this.matches.length === all
      ? count : `${this.matches.length.toLocaleString("en-US")} of ${count}`;
    this.section.querySelector(".none").hidden = this.matches.length > 0;
    this.list.replaceChildren();
    this.showMore();
  }

  showMore(atLeast = AT_A_TIME) {
    const shown = this.list.children.length;
    for (const one of this.matches.slice(shown, shown + atLeast)) this.list.append(this.makeItem(one));
    this.moreRow.hidden = this.list.children.length >= this.matches.length;
  }

  makeItem(one) {
    const lines = [one.ods ? `CALPADS line ${one.ods}` : "", one.sis ? `SIS line ${one.sis}` : ""].filter(Boolean);
    return make("li", { class: "student", tabindex: "-1" },
      make("h3", {}, one.name || "No name",
        make("small", {}, one.ssid ? "SSID " : "no SSID", make("span", { class: "code" }, one.ssid),
          one.local ? ", local ID " : "", make("span", { class: "code" }, one.local)),
        make("span", { class: "marks" }, make("b", {}, `${one.kindName[0].toUpperCase()}${one.kindName.slice(1)}`),
          make("span", {}, `Who acts: ${one.acts}`))),
      make("p", {}, sentence(one.meaning), make("small", { class: "code" }, ` ${one.reason}`)),
      one.remark ? make("p", {}, `Rules that it breaks: ${one.remark}`) : "",
      this.makeValues(one),
      make("p", { class: "fix" }, sentence(one.fix)),
      make("p", {}, make("small", {}, one.record ? "Record " : "", make("span", { class: "code" }, one.record),
        ` ${lines.join(", ")}`)));
  }

  makeValues(one) {
    const hasEntry = one.values.some(([, , , enter]) => enter);
    const heads = ["Field", "CALPADS", "SIS", ...(hasEntry ? ["Enter in the SIS"] : [])];
    const cell = (value) => (value ? make("td", {}, value) : make("td", { class: "blank" }, "blank"));
    const side = (value, isThere) => (isThere ? cell(value) : make("td", { class: "blank" }, "no record"));
    return make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": `Values of ${one.name || "no name"}, ${one.ssid || one.local}` },
      make("table", {},
        make("thead", {}, make("tr", {}, ...heads.map((head) => make("th", { scope: "col" }, head)))),
        make("tbody", {}, ...one.values.map(([field, calpads, sis, enter]) => make("tr", {},
          make("th", { scope: "row" }, field || "All fields"),
          side(calpads, one.ods), side(sis, one.sis),
          hasEntry ? make("td", { class: "enter" }, enter) : "")))));
  }

  // What is filtered is printed alone, as the list of the students is.
  beforePrint() {
    const missing = Math.min(this.matches.length, PRINTED_AT_MOST) - this.list.children.length;
    if (missing > 0) this.showMore(missing);
    const left = this.matches.length - this.list.children.length;
    const note = this.section.querySelector(".print-note");
    note.hidden = left <= 0;
    note.textContent = `${left.toLocaleString("en-US")} more records match but are not printed: filter the list, then print again.`;
    const filter = this.sayFilter();
    const shown = this.section.querySelector(".print-filter");
    shown.hidden = filter === "";
    shown.textContent = filter;
    this.section.classList.toggle("printed", filter !== "");
    if (filter) document.body.classList.add("one-list");
  }

  sayFilter() {
    const parts = this.lists.filter((list) => list.value).map((list) => {
      const choice = list.selectedOptions[0].textContent.replace(/ \(\d+\)$/, "");
      return `${list.closest("label").firstChild.textContent.trim()}: ${choice}`;
    });
    const typed = this.search.value.trim();
    if (typed) parts.push(`Search: ${typed}`);
    return parts.length ? `Printed: only records with ${parts.join("; ")}.` : "";
  }

  afterPrint() {
    for (const name of [".print-note", ".print-filter"]) this.section.querySelector(name).hidden = true;
    this.section.classList.remove("printed");
    document.body.classList.remove("one-list");
  }
}

for (const data of document.querySelectorAll(".to-do-data")) new ToDoList(data.closest("section"));
