// What all pages share: loading data, building elements, tables that sort, filter and turn pages.
"use strict";

const arxivie = (() => {
  const base = new URL("../", document.currentScript.src).href;
  const policy = window.trustedTypes
    ? window.trustedTypes.createPolicy("arxivie", { createScriptURL: (address) => address })
    : { createScriptURL: (address) => address };
  const received = new Map();
  const wanted = new Map();

  // The scripts in data/ call this.
  function receive(name, data) {
    received.set(name, data);
  }

  // The data of data/NAME.js; undefined where there is no such file.
  function load(name) {
    if (!/^[a-z0-9/-]+$/.test(name)) throw new Error(`no name of data: ${name}`);
    if (!wanted.has(name)) {
      wanted.set(name, new Promise((resolve) => {
        const script = document.createElement("script");
        script.src = policy.createScriptURL(`${base}data/${name}.js`);
        script.onload = script.onerror = () => { script.remove(); resolve(received.get(name)); };
        document.head.append(script);
      }));
    }
    return wanted.get(name);
  }

  // An element. Text only ever becomes text: nothing here reads HTML.
  function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
    }
    made.append(...children);
    return made;
  }

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  // A row of buttons that turns pages.
  function pager(place, page, pages, turn) {
    const button = (text, to, disabled) => {
      const made = element("button", { type: "button", disabled }, text);
      made.addEventListener("click", () => turn(to));
      return made;
    };
    place.hidden = pages < 2;
    place.replaceChildren(button("Previous", page - 1, page === 0), element("span", {}, `Page ${page + 1} of ${pages}`),
      button("Next", page + 1, page >= pages - 1));
  }

  const PAGE = 50;

  function enhance(table) {
    const up = table.dataset.up;
    const heads = [...table.tHead.rows[0].cells];
    const kinds = heads.map((head) => head.className);
    const body = table.tBodies[0];
    const total = Number(table.dataset.total);
    const sheet = table.closest(".sheet");
    let rows = null;
    let query = "";
    let page = 0;
    let order = null;

    const value = (cell, column) => {
      const key = cell[2] ?? cell[0];
      if (kinds[column] !== "number") return key === "" ? null : fold(String(key));
      return key === "" || !Number.isFinite(Number(key)) ? null : Number(key);
    };

    async function ready() {
      if (rows) return;
      if (table.dataset.rows) rows = await load(table.dataset.rows);
      rows ??= [...body.rows].map((row) => [...row.cells].map((cell) => {
        const link = cell.querySelector("a");
        return [cell.textContent, link ? link.getAttribute("href").slice(up.length) : null, cell.dataset.key ?? null];
      }));
    }

    async function show() {
      await ready();
      let shown = rows;
      if (query) {
        const parts = fold(query).split(/\s+/).filter(Boolean);
        shown = rows.filter((row) => {
          const text = fold(row.map((cell) => cell[0]).join(" "));
          return parts.every((part) => text.includes(part));
        });
      }
      if (order) {
        const { column, sign } = order;
        const keyed = shown.map((row) => [value(row[column], column), row]);
        keyed.sort(([a], [b]) => a === null || b === null ? (a === null) - (b === null)
          : sign * (typeof a === "number" ? a - b : a.localeCompare(b)));
        shown = keyed.map(([, row]) => row);
      }
      const pages = Math.max(1, Math.ceil(shown.length / PAGE));
      page = Math.min(page, pages - 1);
      body.replaceChildren(...shown.slice(page * PAGE, (page + 1) * PAGE).map((row) => element("tr", {},
        ...row.map(([text, href], column) => element("td", { class: kinds[column] },
          href ? element("a", { href: up + href }, text) : text)))));
      count.textContent = `${shown.length.toLocaleString("en")} of ${total.toLocaleString("en")} rows`;
      pager(pages_, page, pages, (to) => { page = to; show().then(() => sheet.focus()); });
    }

    heads.forEach((head, column) => {
      const button = element("button", { type: "button", class: "sort" }, ...head.childNodes);
      button.addEventListener("click", () => {
        const now = head.getAttribute("aria-sort");
        const sign = now ? (now === "ascending" ? -1 : 1) : kinds[column] === "number" ? -1 : 1;
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
        order = { column, sign };
        page = 0;
        show();
      });
      head.append(button);
    });

    const id = `${table.id}-filter`;
    const filter = element("input", { id, type: "search", autocomplete: "off", spellcheck: "false" });
    const count = element("p", { role: "status", class: "quiet" }, `${total.toLocaleString("en")} rows`);
    const pages_ = element("nav", { class: "pages", "aria-label": "Pages of rows" });
    filter.addEventListener("input", () => { query = filter.value; page = 0; show(); });
    if (total > 8) {
      sheet.before(element("div", { class: "bar" },
        element("div", { class: "field" }, element("label", { for: id }, "Filter rows"), filter), count));
    }
    sheet.after(pages_);
    pager(pages_, 0, Math.ceil(total / PAGE), (to) => { page = to; show().then(() => sheet.focus()); });
  }

  document.querySelectorAll("table[data-total]").forEach(enhance);

  // A fact or a place that an address leads to is opened and gets the focus.
  function arrive() {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target || !target.closest(".paper")) return;
    if (!target.matches("a")) target.tabIndex = -1;
    target.focus({ preventScroll: true });
  }
  window.addEventListener("hashchange", arrive);
  arrive();

  return { receive, load, element, fold, pager };
})();
