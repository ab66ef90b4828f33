"use strict";

// Draws a student's enrollments: CALPADS above, the SIS below, with marks for what changes.
const SVG = "http://www.w3.org/2000/svg";
const BAR = 18;
const LANE = 24;
const AXIS = 18;
const BAND = 16;
const ROW = 14; // of the labels below the picture
const LETTER = 6.1; // approximate width of a letter of 11 px

function svg(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

function icon(name, x, y, size = 12) {
  const made = svg("svg", { class: "i", x, y, width: size, height: size, "aria-hidden": "true", focusable: "false" });
  made.append(svg("use", { href: `#i-${name}` }));
  return made;
}

function schoolYear(day) {
  const date = new Date(day * DAY);
  return date.getUTCFullYear() - (date.getUTCMonth() < 6 ? 1 : 0);
}

function firstDay(year) {
  return Date.UTC(year, 6, 1) / DAY;
}

// Returns a function from days to x. School years with changes are three times as wide.
function scaleDays(bars, today, width) {
  const ends = bars.map((bar) => bar.last);
  const first = schoolYear(Math.min(...bars.map((bar) => bar.first), today));
  const last = Math.max(today, ...ends) + 20;
  const wide = new Set();
  for (const bar of bars) {
    if (bar.changes) [bar.first, bar.last].forEach((day) => wide.add(schoolYear(day)));
  }
  const years = [];
  for (let year = first; firstDay(year) < last; year += 1) {
    const from = firstDay(year);
    const to = Math.min(firstDay(year + 1), last);
    years.push({ year, from, to, weight: (to - from) * (wide.has(year) ? 3 : 1) });
  }
  const total = years.reduce((sum, one) => sum + one.weight, 0);
  let x = 0;
  for (const one of years) {
    one.x = x;
    one.width = (width * one.weight) / total;
    x += one.width;
  }
  const place = (day) => {
    const one = years.find((year) => day < year.to) || years[years.length - 1];
    return one.x + (one.width * (day - one.from)) / (one.to - one.from);
  };
  return { years, place };
}

function readBars(student, today) {
  return student.enrollments.flatMap((one) => {
    const first = toDay(one.start_date);
    const exit = toDay(one.exit_date);
    if (first === null || (one.exit_date && exit === null)) return [];
    const open = exit === null;
    const at = student.enrollments.indexOf(one) + 1;
    // of a student on hold, only the records with a finding are marked
    const kind = one.class === "held" && !student.findings.some((finding) => finding.place === at)
      ? "waits" : one.class;
    return [{
      one,
      kind,
      first,
      last: open ? Math.max(today, first) : Math.max(exit, first),
      exit,
      open,
      changes: SENT.includes(one.class),
    }];
  });
}

// Puts bars that would touch each other into separate lanes.
function layLanes(bars, place) {
  const lanes = [];
  for (const bar of bars) {
    bar.x = place(bar.first);
    bar.width = Math.max(place(bar.last) - bar.x, 7);
    const marked = !["same", "out_of_scope", "waits"].includes(bar.kind);
    bar.iconInside = bar.width >= 40;
    bar.end = bar.x + bar.width + (marked && !bar.iconInside ? 17 : 2);
    bar.marked = marked;
    let lane = lanes.findIndex((end) => end <= bar.x);
    if (lane < 0) lane = lanes.push(0) - 1;
    lanes[lane] = bar.end;
    bar.lane = lane;
  }
  return Math.max(lanes.length, 1);
}

function barPath(bar, y) {
  const { x, width, open } = bar;
  const tip = open && width > 14 ? 7 : 0;
  const right = x + width;
  return tip
    ? `M${x} ${y}H${right - tip}L${right} ${y + BAR / 2}L${right - tip} ${y + BAR}H${x}Z`
    : `M${x} ${y}H${right}V${y + BAR}H${x}Z`;
}

function drawBar(bar, y, district) {
  const { one, kind } = bar;
  const group = svg("g", { class: `k-${kind}` });
  // if a pair changes, CALPADS's record is outlined (before) and the SIS's is filled (after)
  const before = one.side === 0 && ["exit", "update"].includes(one.class);
  group.append(svg("path", { class: `f-${kind}${before ? " before" : ""}`, d: barPath(bar, y) }));
  if (one.class === "remove") {
    group.append(svg("path", { class: "strike", d: `M${bar.x} ${y + BAR / 2}H${bar.x + bar.width}` }));
  }
  let from = bar.x + 5;
  if (bar.marked) {
    if (bar.iconInside) {
      group.append(svg("rect", { class: "plate", x: bar.x + 3, y: y + 2, width: 14, height: BAR - 4, rx: 2 }));
      group.append(icon(one.class, bar.x + 4, y + 3));
      from = bar.x + 21;
    } else {
      group.append(icon(one.class, bar.x + bar.width + 3, y + 3));
    }
  }
  const room = bar.x + bar.width - (bar.open ? 8 : 3) - from;
  const letters = Math.floor(room / LETTER);
  const end = [one.grade, one.exit_reason].filter(Boolean).join(" ");
  const name = district.school(one.school);
  let label = "";
  if (letters >= end.length + 7) {
    const left = letters - end.length - 1;
    label = `${name.length > left ? `${name.slice(0, left - 1).trimEnd()}…` : name} ${end}`.trim();
  } else if (letters >= end.length) {
    label = end;
  } else if (one.exit_reason && letters >= one.exit_reason.length) {
    label = one.exit_reason;
  }
  if (label) {
    if (bar.marked) {
      group.append(svg("rect", { class: "plate", x: from - 2, y: y + 2, width: Math.min(label.length * LETTER + 4, room + 4), height: BAR - 4, rx: 2 }));
    }
    group.append(svg("text", { x: from, y: y + 13 }, label));
  }
  const title = svg("title", {}, `${one.side === 0 ? "CALPADS" : "SIS"}: ${name}, ${one.start_date} to ${one.exit_date || "open"}`);
  group.append(title);
  return group;
}

// Returns what changes and when: each class's days, and a label, CALPADS's date → the one that is sent.
function readEvents(student) {
  const events = new Map();
  const note = (kind, label, ...texts) => {
    const days = texts.map(toDay).filter((day) => day !== null);
    if (days.length) events.set(`${kind} ${label}`, { kind, label, days });
  };
  const change = (kind, before, after) => {
    const label = before === after ? before : `${before || "open"} → ${after || "open"}`;
    note(kind, label, after, before);
  };
  for (const difference of student.differences) {
    const one = student.enrollments[difference.place - 1];
    if (one && SENT.includes(one.class) && difference.field === "enrollment_exit_date") {
      change(one.class, difference.ods_value, difference.target_value);
    }
  }
  for (const one of student.enrollments) {
    if (one.class === "no_show") change("no_show", one.exit_date, one.other_exit_date);
    if (one.class === "add" || one.class === "remove") note(one.class, `starts ${one.start_date}`, one.start_date);
  }
  return [...events.values()];
}

let ruler = null;
function measure(text) {
  if (!ruler) {
    ruler = document.createElement("canvas").getContext("2d");
    ruler.font = `600 11px ${getComputedStyle(document.body).fontFamily}`;
  }
  return ruler.measureText(text).width;
}

// Puts labels that would touch each other into separate rows; returns how many rows there are.
function layLabels(labels, width) {
  const rows = [];
  labels.sort((a, b) => a.x - b.x || (a.text < b.text ? -1 : 1));
  for (const label of labels) {
    const size = measure(label.text);
    label.left = Math.max(Math.min(label.x - size / 2, width - size), 0);
    let row = rows.findIndex((end) => end <= label.left);
    if (row < 0) row = rows.push(0) - 1;
    rows[row] = label.left + size + 8;
    label.row = row;
  }
  return rows.length;
}

function drawTimeline(student, district, width) {
  const today = toDay(district.as_of);
  const bars = readBars(student, today);
  if (!bars.length) return null;
  const { years, place } = scaleDays(bars, today, width - 2);
  const bands = [0, 1].map((side) => bars.filter((bar) => bar.one.side === side));
  const lanes = bands.map((band) => layLanes(band, place));
  const tops = [AXIS + BAND, AXIS + BAND + lanes[0] * LANE + BAND];
  const bottom = tops[1] + lanes[1] * LANE;
  const now = place(today);
  const events = readEvents(student);
  const labels = events.map((one) => ({ x: place(one.days[0]), text: one.label, kind: one.kind }));
  labels.push({ x: now, text: `as of ${district.as_of}`, kind: "" });
  const rows = layLabels(labels, width);
  const picture = svg("svg", {
    viewBox: `0 0 ${width} ${bottom + 4 + rows * ROW}`,
    role: "img",
    "aria-label": `Timeline: ${student.ods.length} in CALPADS, ${student.sis.length} in the SIS; the table below has the same data.`,
  });
  for (const one of years) {
    picture.append(svg("path", { class: "grid", d: `M${one.x + 0.5} 0V${bottom}` }));
    const long = `${one.year}–${String(one.year + 1).slice(2)}`;
    const short = `’${String(one.year).slice(2)}`;
    const label = one.width > long.length * LETTER + 8 ? long : short;
    if (one.width > label.length * LETTER) {
      picture.append(svg("text", { class: "soft", x: one.x + 4, y: 12 }, label));
    }
  }
  picture.append(svg("path", { class: "today", d: `M${now} ${AXIS - 4}V${bottom + 3}` }));
  for (const { kind, days } of events) {
    const lines = svg("g", { class: `k-${kind}` });
    for (const day of days) lines.append(svg("path", { class: "event", d: `M${place(day)} ${AXIS}V${bottom + 3}` }));
    picture.append(lines);
  }
  for (const { kind, left, row, text } of labels) {
    const y = bottom + 14 + row * ROW;
    picture.append(svg("text", { class: kind ? `event-day k-${kind}` : "soft as-of", x: left, y }, text));
  }
  ["CALPADS", width < 420 ? "SIS" : "SIS, as CALPADS should show it"].forEach((name, side) => {
    picture.append(svg("text", { class: "band", x: 0, y: tops[side] - 4 }, name));
    if (!bands[side].length) picture.append(svg("text", { class: "soft", x: 0, y: tops[side] + 13 }, "no enrollment"));
    for (const bar of bands[side]) picture.append(drawBar(bar, tops[side] + bar.lane * LANE + 2, district));
  });
  return picture;
}
