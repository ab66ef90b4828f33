"use strict";

// Unpacks the students; student_data.py describes the format.
const DAY = 86400000;
const SENT = ["remove", "no_show", "exit", "update", "add"];
const LEFT = ["kept", "not_sent"];

function toDay(text) {
  // Days since 1970-01-01; null if the text is not a date.
  const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  return found ? Date.UTC(+found[1], found[2] - 1, +found[3]) / DAY : null;
}

function fold(text) {
  // For searching: in lower case and without accents.
  return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
}

class District {
  constructor(raw) {
    Object.assign(this, raw);
    this.words = ["", ...raw.words];
    this.tables = ["enrollments", "differences", "findings", "reasons"].map((name) => raw[name]);
    this.size = raw.students.ssid.length;
    // where each student's rows begin in each table
    this.starts = this.tables.map((_, table) => {
      const starts = [0];
      for (let i = 0; i < this.size; i += 1) {
        starts.push(starts[i] + raw.students.sizes[table * this.size + i]);
      }
      return starts;
    });
  }

  rows(table, i) {
    const { columns, numbers, rows } = this.tables[table];
    const found = [];
    for (let row = this.starts[table][i]; row < this.starts[table][i + 1]; row += 1) {
      const one = {};
      columns.forEach((name, at) => {
        const value = rows[row * columns.length + at];
        one[name] = at < numbers ? value : this.words[value];
      });
      found.push(one);
    }
    return found;
  }

  student(i) {
    const { ssid, local, name, held } = this.students;
    const enrollments = this.rows(0, i);
    const before = this.starts[0][i];
    // row is the position among all enrollments, place among the student's
    const place = (one) => ({ ...one, place: one.row ? one.row - before : 0 });
    return {
      ssid: ssid[i],
      local: local[i],
      name: name[i],
      held: held[i] === 1,
      ods: enrollments.filter((one) => one.side === 0),
      sis: enrollments.filter((one) => one.side === 1),
      enrollments,
      differences: this.rows(1, i).map(place),
      findings: this.rows(2, i).map(place),
      reasons: this.rows(3, i).map(place),
    };
  }

  // The text and the values of the three lists by which a student is found. Read directly from the
  // rows, because this runs for every student before the first one is shown.
  facets(i) {
    const facets = { school: new Set(), what: new Set(), why: new Set() };
    const [enrollments, , findings] = this.tables;
    const at = Object.fromEntries(enrollments.columns.map((name, place) => [name, place]));
    const width = enrollments.columns.length;
    for (let row = this.starts[0][i]; row < this.starts[0][i + 1]; row += 1) {
      const word = (name) => this.words[enrollments.rows[row * width + at[name]]];
      const kind = word("class");
      if (kind !== "same" && kind !== "out_of_scope") {
        facets.school.add(word("school"));
        facets.what.add(kind);
        if (kind !== "held") facets.why.add(word("reason"));
        if (word("file")) facets.what.add(word("file"));
      }
    }
    const rule = findings.columns.indexOf("rule");
    for (let row = this.starts[2][i]; row < this.starts[2][i + 1]; row += 1) {
      facets.why.add(this.words[findings.rows[row * findings.columns.length + rule]]);
    }
    const { ssid, local, name } = this.students;
    facets.text = fold(`${name[i]} ${ssid[i]} ${local[i]}`);
    return facets;
  }

  school(code) {
    return this.schools[code] || code || "no school code";
  }

  // A sentence with the schools' names next to their codes.
  nameSchools(text) {
    return text.replace(/\b\d{7}\b/g, (code) => (this.schools[code] ? `${this.schools[code]} (${code})` : code));
  }

  meaning(field, code) {
    return this.codes[`${field} ${code}`] || "";
  }
}
