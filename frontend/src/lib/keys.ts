// Keys of a page. None acts while one types, while a dialog is open, or with Ctrl, Alt or Meta, unless the name of the key says so.

type Act = (event: KeyboardEvent) => void;

const acts = new Map<string, Act>();

/** Whether an event comes from where one types or chooses. */
export function typing(event: Event): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select");
}

/**
 * Let a key do something on this page.
 *
 * @param key as `KeyboardEvent.key`; with "Ctrl+" before it, it acts while one types too ("Ctrl+Enter").
 */
export function on(key: string, act: Act): void {
  acts.set(key, act);
}

/** Show which keys there are. */
export function showKeys(): void {
  document.querySelector<HTMLDialogElement>("dialog#keys")?.showModal();
}

// Letters are told by their place on the keyboard where the layout is not Latin, so that they act in an Arabic layout too.
function named(event: KeyboardEvent): string {
  if (event.key.length > 1 || event.key.charCodeAt(0) < 128) return event.key;
  if (event.key === "؟") return "?";
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1];
  const digit = /^Digit([0-9])$/.exec(event.code)?.[1];
  if (letter) return event.shiftKey ? letter : letter.toLowerCase();
  return digit ?? event.key;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.altKey) return;
  const held = event.ctrlKey || event.metaKey;
  if (document.querySelector("dialog[open]") || (!held && typing(event))) return;
  const act = acts.get(held ? `Ctrl+${named(event)}` : named(event));
  if (!act) return;
  event.preventDefault();
  act(event);
});
