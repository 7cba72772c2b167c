
"use strict";
{
  const on = (keys, lit) => {
    for (const key of keys)
      for (const part of document.querySelectorAll(`[data-v~="${key}"]`)) part.classList.toggle("on", lit);
  };
  // The keys under the pointer or focus: of words all values, the narrowest mark first; of a row its own.
  const keysAt = (node) => {
    const row = node.closest("tr[data-v]");
    if (row) return [row.dataset.v];
    const mark = node.closest(".m");
    return mark ? [...mark.querySelectorAll("[data-v]")].reverse().flatMap((u) => u.dataset.v.split(" ")) : [];
  };
  for (const [enter, leave] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
    document.addEventListener(enter, (event) => on(keysAt(event.target), true));
    document.addEventListener(leave, (event) => on(keysAt(event.target), false));
  }

  // Words that serve several values lead to the next one with each click; a click on a value leads to its words.
  const visits = new WeakMap();
  document.addEventListener("click", (event) => {
    const mark = event.target.closest(".m");
    if (!mark) return;
    const keys = keysAt(mark);
    const visit = visits.get(mark) ?? 0;
    visits.set(mark, visit + 1);
    mark.setAttribute("href", `#${keys[visit % keys.length]}`);
  });

  // One claim alone: the marks of the others fade.
  for (const card of document.querySelectorAll(".card")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "only this";
    button.setAttribute("aria-pressed", "false");
    card.querySelector("h3").append(button);
    button.addEventListener("click", () => {
      const report = card.closest(".report");
      const alone = button.getAttribute("aria-pressed") !== "true";
      for (const own of report.querySelectorAll(".own")) own.classList.remove("own");
      for (const other of report.querySelectorAll("button")) other.setAttribute("aria-pressed", "false");
      report.classList.toggle("alone", alone);
      if (!alone) return;
      button.setAttribute("aria-pressed", "true");
      card.classList.add("own");
      for (const mark of report.querySelectorAll(".text .u"))
        mark.classList.toggle("own", mark.dataset.v.split(" ").some((key) => key.startsWith(`${card.id}v`)));
    });
  }
}
