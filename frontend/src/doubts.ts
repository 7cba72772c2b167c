// Doubts by keys: the buttons and links of the page say by which; a decision needs its reason first.
import { on } from "./lib/keys";

for (const way of document.querySelectorAll<HTMLElement>("[data-key]")) {
  on(way.dataset["key"] ?? "", () => {
    const why = document.querySelector<HTMLInputElement>('form.decide input[name="why"]');
    if (way instanceof HTMLButtonElement && why && !why.value.trim()) why.focus();
    else way.click();
  });
}
