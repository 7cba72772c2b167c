// The lock of the screen: at once by Shift+L, and by itself where nothing was done for as long as the desk says.
import { on } from "./keys";

const lock = document.querySelector<HTMLButtonElement>("[data-lock]");
const minutes = Number(document.querySelector<HTMLMetaElement>("meta[name=idle]")?.content ?? 0);

if (lock) {
  on("L", () => lock.click());
  if (minutes > 0) {
    let last = Date.now();
    for (const kind of ["pointerdown", "pointermove", "keydown", "scroll"]) {
      document.addEventListener(kind, () => (last = Date.now()), { passive: true, capture: true });
    }
    // A clock that is looked at, not one long wait: a machine that slept locks when it wakes.
    setInterval(() => {
      if (Date.now() - last > minutes * 60_000) lock.click();
    }, 5_000);
  }
}
