// Filters the list of incidents. Without this script the pages of the list are read one by one.
"use strict";
(() => {
  const box = document.getElementById("filters"), rows = document.getElementById("rows"), found = document.getElementById("found");
  const query = document.getElementById("q"), pages = document.querySelector(".pages"), first = rows.innerHTML;
  const chosen = [...box.querySelectorAll("select")];
  const LIMIT = 200;
  let waiting = null;
  box.hidden = false;
  const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f\u064b-\u065f\u0640]/g, "").replace(/[\u0622\u0623\u0625]/g, "\u0627").toLowerCase();
  const load = () => waiting ??= new Promise((done) => {
    const script = document.createElement("script");
    script.src = box.dataset.data;
    script.addEventListener("load", () => done(window.incidents));
    document.head.append(script);
  });
  const cell = (name, text) => { const made = document.createElement(name), inner = document.createElement("bdi"); inner.textContent = text; made.append(inner); return made; };
  const show = async () => {
    const words = plain(query.value).split(/\s+/).filter(Boolean);
    const wanted = chosen.map((c) => [c.id.slice(2), c.value]).filter(([, value]) => value);
    if (!words.length && !wanted.length) {
      rows.innerHTML = first; found.textContent = ""; if (pages) pages.hidden = false;
      return;
    }
    const all = await load();
    const hits = all.filter((f) => wanted.every(([name, value]) => f[name] === value) && words.every((w) => (f.words ??= plain(`${f.code} ${f.title} ${f.place}`)).includes(w)));
    rows.innerHTML = first;
    const body = rows.querySelector("tbody");
    body.replaceChildren(...hits.slice(0, LIMIT).map((f) => {
      const row = document.createElement("tr"), head = document.createElement("th"), link = document.createElement("a");
      head.scope = "row"; link.href = `${box.dataset.up}${f.code}.html`; link.append(cell("bdi", f.title)); head.append(link);
      row.append(cell("td", f.days), head, cell("td", f.place), cell("td", f.killed), cell("td", f.graded));
      row.cells[0].firstChild.className = row.cells[3].firstChild.className = "n";
      return row;
    }));
    found.textContent = box.querySelector("#found").dataset.words.replace("%", hits.length.toLocaleString("en")) + (hits.length > LIMIT ? ` (${LIMIT})` : "");
    if (pages) pages.hidden = true;
  };
  query.addEventListener("input", show);
  chosen.forEach((c) => c.addEventListener("change", show));
})();
