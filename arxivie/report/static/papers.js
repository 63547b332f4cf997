// The list of papers: search by words, filter by facts, and the state of both in the address.
"use strict";

(() => {
  const { load, element, fold, pager } = arxivie;
  const PAGE = 20;
  const CHUNK = 20;
  const LONGEST = 24;
  const DAY = 86400000;
  const LABELS = ["dataset", "method", "task", "metric", "result", "link", "release", "claim"];
  const by = (id) => document.getElementById(id);
  const form = by("find"), list = by("list"), status = by("count"), pages = by("pages");
  const query = by("query"), pick = by("fact"), options = by("facts"), chosen = by("chosen");
  const category = by("category"), since = by("since"), until = by("until");
  const boxes = [...form.querySelectorAll("input[name=sign]")];
  let names = []; // chosen, as numbers of names
  let page = 0;
  let run = 0;

  // --- searching

  const searchWords = (text) => (fold(text).match(/[\p{L}\p{N}]+/gu) ?? []).map((w) => [...w].slice(0, LONGEST).join(""));

  // The papers with a word that begins with this; a single letter must be a whole word.
  async function withWord(word) {
    const key = [...word].slice(0, 2).map((letter) => letter.codePointAt(0).toString(16)).join("-");
    const found = new Set();
    for (const [known, gaps] of Object.entries((await load(`words/${key}`)) ?? {})) {
      if (known.startsWith(word)) {
        let at = 0;
        for (const gap of gaps) found.add(at += gap);
      }
    }
    return found;
  }

  async function find(index) {
    const words = searchWords(query.value);
    const sets = await Promise.all(words.map(withWord));
    const bits = boxes.reduce((sum, box, bit) => sum | (box.checked ? 1 << bit : 0), 0);
    const first = since.valueAsNumber / DAY, last = until.valueAsNumber / DAY;
    const number = category.value === "" ? null : Number(category.value);
    const found = [];
    for (let paper = 0; paper < index.days.length; paper++) {
      const day = index.days[paper];
      if (sets.every((set) => set.has(paper)) && (index.signs[paper] & bits) === bits
        && (number === null || index.categoriesOf[paper].includes(number))
        && names.every((name) => index.namesOf[paper].includes(name))
        && (Number.isNaN(first) || (day !== null && day >= first)) && (Number.isNaN(last) || (day !== null && day <= last))) {
        found.push(paper);
      }
    }
    return found;
  }

  async function show({ focus = false } = {}) {
    const mine = ++run;
    const index = await load("index");
    if (!index) { status.textContent = "data/index.js is missing from this report."; return; }
    const found = await find(index);
    if (mine !== run) return;
    const count = Math.max(1, Math.ceil(found.length / PAGE));
    page = Math.min(page, count - 1);
    const shown = found.slice(page * PAGE, (page + 1) * PAGE);
    const chunks = await Promise.all(shown.map((paper) => load(`papers/${Math.floor(paper / CHUNK)}`)));
    if (mine !== run) return;
    list.replaceChildren(...shown.map((paper, i) => card(chunks[i][paper % CHUNK])));
    if (!found.length) list.append(element("p", { class: "note" }, "No paper matches. Fewer words or filters find more."));
    status.textContent = `${found.length.toLocaleString("en")} of ${index.days.length.toLocaleString("en")} papers, newest first`;
    pager(pages, page, count, (to) => { page = to; show({ focus: true }); });
    remember(index);
    if (focus) { list.focus({ preventScroll: true }); list.scrollIntoView({ block: "start" }); }
  }

  // --- one paper, in the same elements as the template macro `card`

  const marked = (nodes) => nodes.map((node) => typeof node === "string" ? node
    : element("span", { class: `mark ${LABELS[node[0]]}` }, ...marked(node.slice(1))));

  function card(paper) {
    const page = `paper/${paper.page}.html`;
    const evidence = (fact) => element("a", { class: "why", href: `${page}#${fact}` }, "evidence");
    const item = (of, kind, ...rest) => element("li", { class: `of-${of}` }, element("span", { class: "kind" }, kind), " ", ...rest);
    const made = element("article", { class: "card" },
      element("h3", {}, element("a", { href: page }, ...marked(paper.title))),
      element("p", { class: "about" }, [paper.id, ...paper.about].join(" · ")));
    if (paper.by) made.append(element("p", { class: "by" }, paper.by));
    made.append(element("p", { class: "abstract" }, ...marked(paper.abstract)));
    const facts = [
      ...paper.links.map(([kinds, state, address, written, fact]) => item("link", kinds,
        address ? element("a", { href: address, rel: "noopener noreferrer nofollow" }, written) : written,
        state === "available" ? " " : ` (${state}) `, evidence(fact))),
      ...paper.releases.map(([what, fact]) => item("release", "release", `${what} `, evidence(fact))),
      ...paper.claims.map(([standing, quote, fact]) => item("claim", standing, `“${quote}” `, evidence(fact))),
    ];
    if (facts.length) made.append(element("ul", { class: "facts" }, ...facts));
    return made;
  }

  // --- choosing names: a combobox

  let offered = [];
  let active = -1;

  async function offer() {
    const wanted = fold(pick.value.trim());
    const index = await load("index");
    if (!index) return;
    index.folded ??= index.names.map(([, name]) => fold(name));
    const found = [];
    if (wanted) {
      for (const begins of [true, false]) {
        for (let n = 0; n < index.names.length && found.length < 10; n++) {
          const at = index.folded[n].indexOf(wanted);
          if ((begins ? at === 0 : at > 0) && !names.includes(n)) found.push(n);
        }
      }
    }
    offered = found;
    active = -1;
    options.replaceChildren(...found.map((n, i) => {
      const [label, name, papers] = index.names[n];
      const option = element("li", { role: "option", id: `fact-${i}`, "aria-selected": "false" },
        element("span", { class: `mark ${LABELS[label]}` }, name), ` ${LABELS[label]}, ${papers} ${papers === 1 ? "paper" : "papers"}`);
      option.addEventListener("mousedown", (event) => { event.preventDefault(); choose(n); });
      return option;
    }));
    open(found.length > 0);
  }

  function open(shown) {
    options.hidden = !shown;
    pick.setAttribute("aria-expanded", String(shown));
    if (!shown) pick.removeAttribute("aria-activedescendant");
  }

  function activate(to) {
    options.children[active]?.setAttribute("aria-selected", "false");
    active = (to + offered.length) % offered.length;
    options.children[active].setAttribute("aria-selected", "true");
    options.children[active].scrollIntoView({ block: "nearest" });
    pick.setAttribute("aria-activedescendant", `fact-${active}`);
  }

  function choose(name) {
    names.push(name);
    pick.value = "";
    open(false);
    changed();
  }

  pick.addEventListener("input", offer);
  pick.addEventListener("blur", () => open(false));
  pick.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { open(false); return; }
    if (event.key === "Enter") {
      event.preventDefault();
      if (!options.hidden && offered.length) choose(offered[Math.max(active, 0)]);
      return;
    }
    if (options.hidden || !offered.length) return;
    if (event.key === "ArrowDown") { event.preventDefault(); activate(active + 1); }
    if (event.key === "ArrowUp") { event.preventDefault(); activate(active < 0 ? -1 : active - 1); }
  });

  function showChosen(index) {
    chosen.replaceChildren(...names.map((n) => {
      const [label, name] = index.names[n];
      const button = element("button", { type: "button", "aria-label": `Remove ${LABELS[label]} ${name}` }, "×");
      button.addEventListener("click", () => { names = names.filter((other) => other !== n); changed(); pick.focus(); });
      return element("li", {}, element("span", { class: `mark ${LABELS[label]}` }, name), " ", button);
    }));
  }

  // --- the state in the address, so that it can be kept and linked to

  function remember(index) {
    const state = new URLSearchParams();
    if (query.value.trim()) state.set("q", query.value.trim());
    for (const n of names) state.append("fact", `${LABELS[index.names[n][0]]}:${index.names[n][1]}`);
    for (const box of boxes) if (box.checked) state.append("with", box.value);
    if (category.value) state.set("category", index.categories[Number(category.value)][0]);
    if (since.value) state.set("from", since.value);
    if (until.value) state.set("to", until.value);
    if (page) state.set("page", String(page + 1));
    history.replaceState(null, "", `#${state}`);
  }

  function recall(index) {
    const state = new URLSearchParams(location.hash.slice(1));
    // of two names that read the same the more frequent one, which stands first, is meant
    const known = new Map(index.names.map(([label, name], n) => [`${LABELS[label]}:${name}`, n]).reverse());
    query.value = state.get("q") ?? "";
    names = state.getAll("fact").map((fact) => known.get(fact)).filter((n) => n !== undefined);
    for (const box of boxes) box.checked = state.getAll("with").includes(box.value);
    const wanted = index.categories.findIndex(([name]) => name === state.get("category"));
    category.value = wanted < 0 ? "" : String(wanted);
    since.value = state.get("from") ?? "";
    until.value = state.get("to") ?? "";
    page = Math.max(0, (Number(state.get("page")) || 1) - 1);
    showChosen(index);
  }

  async function changed() {
    page = 0;
    showChosen(await load("index"));
    await show();
  }

  let waiting;
  query.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(changed, 120); });
  form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(waiting); changed(); });
  form.addEventListener("reset", () => { names = []; setTimeout(changed); });
  for (const field of [...boxes, category, since, until]) field.addEventListener("change", changed);

  // --- start: what stands in the page is the first page of the unfiltered list, so only a state asks for more

  async function start() {
    const index = await load("index");
    if (!index) { status.textContent = "data/index.js is missing from this report."; return; }
    if (category.options.length === 1) {
      category.append(...index.categories.map(([name, papers], n) => element("option", { value: n }, `${name} (${papers})`)));
    }
    recall(index);
    if (location.hash.length > 1) await show();
    else pager(pages, 0, Math.ceil(index.days.length / PAGE), (to) => { page = to; show({ focus: true }); });
    document.documentElement.dataset.ready = "true";
  }

  form.hidden = false;
  by("filters").open = matchMedia("(min-width: 60rem)").matches;
  window.addEventListener("hashchange", async () => {
    if (location.hash && !location.hash.includes("=")) return; // a place on the page, no state
    recall(await load("index"));
    show();
  });
  start();
})();
