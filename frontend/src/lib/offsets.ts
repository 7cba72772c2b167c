// Offsets of a report count code points; a browser counts UTF-16. Each stretch of the text says where it begins, so that only what
// lies within one stretch is counted here.

/** A stretch of a text: half-open, in code points, and its words. */
export interface Stretch {
  start: number;
  end: number;
  text: string;
}

/** How many code points a text has. */
export function points(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

function piece(node: Node): HTMLElement | null {
  const element = node instanceof HTMLElement ? node : node.parentElement;
  return element?.closest<HTMLElement>(".piece") ?? null;
}

function offset(node: Node, at: number, last: boolean, body: HTMLElement): number | null {
  let found = piece(node);
  if (!found && node instanceof HTMLElement) {
    // Between elements: the piece before or behind.
    const child = node.childNodes[last ? at - 1 : at] ?? node;
    const pieces = child instanceof HTMLElement ? [...child.querySelectorAll<HTMLElement>(".piece")] : [];
    const near = child instanceof HTMLElement && child.matches(".piece") ? child : last ? pieces.at(-1) : pieces[0];
    if (!near) return null;
    return Number(near.dataset["start"]) + (last ? points(near.textContent ?? "") : 0);
  }
  if (!found || !body.contains(found)) return null;
  const text = node.nodeType === Node.TEXT_NODE ? (node.textContent ?? "").slice(0, at) : at > 0 ? (found.textContent ?? "") : "";
  return Number(found.dataset["start"]) + points(text);
}

/** What is selected in the text of a report, without blanks at its edges; null where nothing is. */
export function selected(body: HTMLElement, source: (start: number, end: number) => string): Stretch | null {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!body.contains(range.commonAncestorContainer)) return null;
  let start = offset(range.startContainer, range.startOffset, false, body);
  let end = offset(range.endContainer, range.endOffset, true, body);
  if (start === null || end === null || start >= end) return null;
  let letters = [...source(start, end)];
  while (letters.length && !letters[0]?.trim()) {
    letters = letters.slice(1);
    start += 1;
  }
  while (letters.length && !letters.at(-1)?.trim()) {
    letters = letters.slice(0, -1);
    end -= 1;
  }
  return letters.length ? { start, end, text: letters.join("") } : null;
}

/** The words of a text between two offsets, from its stretches; what lies between stretches is a line break. */
export function between(body: HTMLElement, start: number, end: number): string {
  let at = start;
  let found = "";
  for (const element of body.querySelectorAll<HTMLElement>(".piece")) {
    const first = Number(element.dataset["start"]);
    const letters = [...(element.textContent ?? "")];
    if (first + letters.length <= at || first >= end) continue;
    if (first > at) found += "\n".repeat(first - at);
    const from = Math.max(0, at - first);
    const part = letters.slice(from, end - first);
    found += part.join("");
    at = Math.max(at, first) + part.length;
  }
  return found + "\n".repeat(Math.max(0, end - at));
}
