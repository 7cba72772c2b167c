// The map of incidents: shapes on a canvas, places as buttons over it, so that they can be reached by keys and are read aloud.
// Without this script the page shows a still map for each country.
"use strict";
(() => {
  const box = document.getElementById("map"), field = box.querySelector(".field"), canvas = box.querySelector("canvas"), ink = canvas.getContext("2d");
  const spots = box.querySelector(".spots"), found = document.getElementById("found"), query = document.getElementById("q"), here = document.getElementById("here");
  const chosen = [...box.querySelectorAll("select")], LAYERS = ["land", "lake", "river", "border"];
  const TILE = 256 / 360, LEAST = 2, MOST = 12, NEAR = 58, NAMES = 14, LISTED = 100, DEGREE = 111.2, STEP = 80;
  const load = (from) => new Promise((done) => {
    const script = document.createElement("script");
    script.src = from;
    script.addEventListener("load", done);
    document.head.append(script);
  });
  // Mercator in degrees: longitude, and latitude growing to the south.
  const down = (latitude) => -Math.log(Math.tan(Math.PI / 4 + latitude * Math.PI / 360)) * 180 / Math.PI;
  const up = (y) => Math.atan(Math.exp(-y * Math.PI / 180)) * 360 / Math.PI - 90;
  const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f\u064b-\u065f\u0640]/g, "").replace(/[\u0622\u0623\u0625]/g, "\u0627").toLowerCase();
  const clamp = (n, low, high) => Math.max(low, Math.min(high, n));
  const number = (n) => n.toLocaleString("en");
  let all = [], hits = [], paths = {}, width = 0, height = 0, waiting = 0;
  const view = { x: 40, y: down(32), zoom: 4 };
  const scale = () => TILE * 2 ** view.zoom;
  const left = (x) => (x - view.x) * scale() + width / 2, top = (y) => (y - view.y) * scale() + height / 2;

  const decode = (layers) => Object.fromEntries(Object.entries(layers).map(([name, lines]) => {
    const path = new Path2D();
    for (const line of lines) {
      let x = 0, y = 0;
      for (let i = 0; i < line.length; i += 2) {
        x += line[i]; y += line[i + 1];
        path[i ? "lineTo" : "moveTo"](x / 100, down(y / 100));
      }
      if (name === "land" || name === "lake") path.closePath();
    }
    return [name, path];
  }));

  const colours = () => {
    const style = getComputedStyle(document.documentElement), read = (name) => style.getPropertyValue(`--${name}`).trim();
    return Object.fromEntries(["sea", "land", "border", "water", "accent", "ink", "paper"].map((name) => [name, read(name)]));
  };

  // Incidents near each other on the screen are one button; the net is fixed to the world, so that moving the map changes none.
  const groups = () => {
    const k = scale(), made = new Map();
    for (const f of hits) {
      const x = left(f.x), y = top(f.y);
      if (x < -NEAR || y < -NEAR || x > width + NEAR || y > height + NEAR) continue;
      const key = `${Math.floor(f.x * k / NEAR)} ${Math.floor(f.y * k / NEAR)}`;
      const group = made.get(key) ?? { x: 0, y: 0, held: [] };
      group.x += f.x; group.y += f.y; group.held.push(f);
      made.set(key, group);
    }
    const found = [...made.values()].map((g) => ({ x: g.x / g.held.length, y: g.y / g.held.length, held: g.held }));
    // Neighbours in the net whose circles would cover each other are one; the larger keeps its place.
    const kept = [];
    for (const g of found.sort((a, b) => b.held.length - a.held.length || a.x - b.x)) {
      const over = kept.find((k) => Math.hypot(left(k.x) - left(g.x), top(k.y) - top(g.y)) < (size(k) + size(g)) * 0.42);
      if (over) over.held = over.held.concat(g.held);
      else kept.push(g);
    }
    return kept;
  };
  const size = (g) => clamp(18 + 5 * Math.sqrt(g.held.length), 24, 54);

  const draw = () => {
    waiting = 0;
    const ratio = window.devicePixelRatio || 1, k = scale(), c = colours();
    canvas.width = width * ratio; canvas.height = height * ratio;
    ink.setTransform(ratio, 0, 0, ratio, 0, 0);
    ink.fillStyle = c.sea; ink.fillRect(0, 0, width, height);
    ink.setTransform(k * ratio, 0, 0, k * ratio, (width / 2 - view.x * k) * ratio, (height / 2 - view.y * k) * ratio);
    for (const name of LAYERS) {
      if (!paths[name]) continue;
      const area = name === "land" || name === "lake";
      ink[area ? "fillStyle" : "strokeStyle"] = name === "land" ? c.land : name === "border" ? c.border : c.water;
      ink.lineWidth = (name === "border" ? 1 : 0.8) / k;
      ink[area ? "fill" : "stroke"](paths[name]);
    }
    ink.setTransform(ratio, 0, 0, ratio, 0, 0);
    const drawn = groups().sort((a, b) => b.held.length - a.held.length);
    ink.fillStyle = ink.strokeStyle = c.accent; ink.lineWidth = 1;
    const seen = new Set();
    for (const f of hits) {
      const key = f.area && `${f.at} ${f.area}`, x = left(f.x), y = top(f.y);
      if (!key || seen.has(key) || x < -width || y < -height || x > 2 * width || y > 2 * height) continue;
      seen.add(key);
      const [kind, size] = f.area;
      ink.beginPath();
      if (kind === "cell") {
        const [one, other] = [top(down(f.at[0] + size / 2)), top(down(f.at[0] - size / 2))];
        if (size * k < 14) continue;
        ink.rect(left(f.x - size / 2), one, size * k, other - one);
      } else {
        const radius = size / DEGREE / Math.cos(f.at[0] * Math.PI / 180) * k;
        if (radius < 12 || radius > 2 * width) continue;
        ink.arc(x, y, radius, 0, 2 * Math.PI);
      }
      ink.globalAlpha = 0.14; ink.fill(); ink.globalAlpha = 0.5; ink.stroke(); ink.globalAlpha = 1;
    }
    name(c, drawn);
    place(drawn);
  };

  const name = (c, drawn) => {
    const taken = drawn.map((g) => [left(g.x) - size(g) / 2, top(g.y) - size(g) / 2, left(g.x) + size(g) / 2, top(g.y) + size(g) / 2]);
    const write = (text, x, y, font, shade) => {
      ink.font = font;
      const half = ink.measureText(text).width / 2 + 3, mine = [x - half, y - 9, x + half, y + 9];
      if (mine[0] < 0 || mine[2] > width || taken.some((t) => mine[0] < t[2] && t[0] < mine[2] && mine[1] < t[3] && t[1] < mine[3])) return false;
      taken.push(mine);
      ink.textAlign = "center"; ink.textBaseline = "middle"; ink.lineWidth = 3; ink.lineJoin = "round";
      ink.strokeStyle = c.land; ink.strokeText(text, x, y);
      ink.globalAlpha = shade; ink.fillStyle = c.ink; ink.fillText(text, x, y); ink.globalAlpha = 1;
      return true;
    };
    let told = 0;
    for (const g of drawn) {
      if (told >= NAMES) break;
      told += write(short(g), left(g.x), top(g.y) + size(g) / 2 + 11, "600 12px system-ui, sans-serif", 1);
    }
    if (view.zoom < 7.5) for (const [text, at] of window.countries ?? []) write(text, left(at[1]), top(down(at[0])), "13px system-ui, sans-serif", 0.7);
  };
  // The place that most incidents of a group are at.
  const most = (g) => {
    const count = new Map();
    for (const f of g.held) count.set(f.place, (count.get(f.place) ?? 0) + 1);
    return [...count].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0][0];
  };
  const short = (g) => most(g).split(/, |\u060c /)[0];

  const place = (drawn) => {
    const focused = document.activeElement?.parentElement === spots ? document.activeElement.dataset.key : null;
    // From left to right and down, as they are read.
    const ordered = drawn.toSorted((a, b) => Math.round(top(a.y) / 80) - Math.round(top(b.y) / 80) || a.x - b.x);
    spots.replaceChildren(...ordered.map((g) => {
      const button = document.createElement("button");
      button.type = "button";
      button.style.left = `${left(g.x)}px`; button.style.top = `${top(g.y)}px`;
      button.style.width = button.style.height = `${size(g)}px`;
      button.textContent = g.held.length > 1 ? number(g.held.length) : "";
      button.dataset.key = `${g.held[0].code}`;
      button.title = g.held.length > 1 ? `${most(g)} · ${box.dataset.many.replace("%", number(g.held.length))}` : `${g.held[0].days} · ${g.held[0].title}`;
      button.setAttribute("aria-label", button.title);
      button.addEventListener("click", () => open(g));
      return button;
    }));
    if (focused) (spots.querySelector(`[data-key="${CSS.escape(focused)}"]`) ?? field).focus({ preventScroll: true });
  };

  const open = (g) => {
    const apart = new Set(g.held.map((f) => `${f.at}`)).size > 1;
    if (apart && view.zoom < MOST) return fit(g.held, view.zoom + 1);
    here.hidden = false;
    here.querySelector("h2").textContent = `${most(g)} (${number(g.held.length)})`;
    const rows = g.held.slice(0, LISTED).map((f) => {
      const row = document.createElement("li"), link = document.createElement("a"), day = document.createElement("bdi");
      link.href = `${box.dataset.up}${f.code}.html`; link.textContent = f.title; day.textContent = f.days;
      row.append(day, " · ", link);
      return row;
    });
    if (g.held.length > LISTED) {
      const row = document.createElement("li");
      row.textContent = box.dataset.more.replace("%", number(g.held.length - LISTED));
      rows.push(row);
    }
    here.querySelector("ul").replaceChildren(...rows);
    here.focus();
  };

  const later = () => { waiting ||= requestAnimationFrame(draw); };
  const move = (x, y) => { view.x = clamp(view.x + x / scale(), -180, 180); view.y = clamp(view.y + y / scale(), down(75), down(-60)); later(); };
  const zoom = (by, x = width / 2, y = height / 2) => {
    const at = [view.x + (x - width / 2) / scale(), view.y + (y - height / 2) / scale()];
    view.zoom = clamp(view.zoom + by, LEAST, MOST);
    view.x = at[0] - (x - width / 2) / scale(); view.y = at[1] - (y - height / 2) / scale();
    later();
  };
  const fit = (given, least = LEAST) => {
    if (!given.length) return later();
    const xs = given.map((f) => f.x), ys = given.map((f) => f.y), low = [Math.min(...xs), Math.min(...ys)], high = [Math.max(...xs), Math.max(...ys)];
    view.x = (low[0] + high[0]) / 2; view.y = (low[1] + high[1]) / 2;
    const wanted = Math.min((width - 90) / Math.max(high[0] - low[0], 0.3), (height - 90) / Math.max(high[1] - low[1], 0.3));
    view.zoom = clamp(Math.max(Math.log2(Math.max(wanted, 1e-3) / TILE), least), LEAST, MOST);
    later();
  };

  const narrow = () => {
    const words = plain(query.value).split(/\s+/).filter(Boolean), wanted = chosen.map((c) => [c.id.slice(2), c.value]).filter(([, value]) => value);
    const takes = (f) => wanted.every(([key, value]) => f[key] === value) && words.every((w) => (f.words ??= plain(`${f.code} ${f.title} ${f.place}`)).includes(w));
    hits = all.filter(takes);
    const told = window.incidents.filter(takes).length - hits.length;
    found.textContent = found.dataset.words.replace("%", number(hits.length)) + (told ? ` · ${box.dataset.without.replace("%", number(told))}` : "");
    here.hidden = true;
    fit(hits);
  };

  const pointers = new Map();
  field.addEventListener("pointerdown", (e) => { if (!e.target.closest("button")) { pointers.set(e.pointerId, e); field.setPointerCapture(e.pointerId); } });
  field.addEventListener("pointermove", (e) => {
    const before = pointers.get(e.pointerId);
    if (!before) return;
    const others = [...pointers.values()].filter((p) => p.pointerId !== e.pointerId);
    if (others.length) {
      const apart = (p) => Math.hypot(p.clientX - others[0].clientX, p.clientY - others[0].clientY), edge = field.getBoundingClientRect();
      zoom(Math.log2(apart(e) / Math.max(1, apart(before))), (e.clientX + others[0].clientX) / 2 - edge.left, (e.clientY + others[0].clientY) / 2 - edge.top);
    } else move(before.clientX - e.clientX, before.clientY - e.clientY);
    pointers.set(e.pointerId, e);
  });
  for (const end of ["pointerup", "pointercancel"]) field.addEventListener(end, (e) => pointers.delete(e.pointerId));
  field.addEventListener("wheel", (e) => {
    if (!e.ctrlKey && !e.metaKey && !field.contains(document.activeElement)) return;
    e.preventDefault();
    const edge = field.getBoundingClientRect();
    zoom(clamp(-e.deltaY / 200, -1, 1), e.clientX - edge.left, e.clientY - edge.top);
  }, { passive: false });
  field.addEventListener("dblclick", (e) => { if (!e.target.closest("button")) { const edge = field.getBoundingClientRect(); zoom(1, e.clientX - edge.left, e.clientY - edge.top); } });
  field.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const act = { ArrowLeft: () => move(-STEP, 0), ArrowRight: () => move(STEP, 0), ArrowUp: () => move(0, -STEP), ArrowDown: () => move(0, STEP), "+": () => zoom(1), "=": () => zoom(1), "-": () => zoom(-1), 0: () => fit(hits) }[e.key];
    if (act) { e.preventDefault(); act(); }
  });
  for (const button of box.querySelectorAll("[data-zoom]")) button.addEventListener("click", () => button.dataset.zoom === "0" ? fit(hits) : zoom(Number(button.dataset.zoom)));
  query.addEventListener("input", narrow);
  chosen.forEach((c) => c.addEventListener("change", narrow));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", later);

  Promise.all([load(box.dataset.shapes), load(box.dataset.data)]).then(() => {
    paths = decode(window.shapes);
    all = window.incidents.filter((f) => f.at).map((f) => ({ ...f, x: f.at[1], y: down(f.at[0]) }));
    box.hidden = false;
    for (const still of document.querySelectorAll(".still")) still.hidden = true;
    new ResizeObserver(() => {
      const first = !width;
      width = field.clientWidth; height = field.clientHeight;
      first ? narrow() : later();
    }).observe(field);
  });
})();
