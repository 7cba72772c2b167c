// What every page loads: htmx with the token of the forms, the keys, and places that keep the focus where it was.
import "./lib/htmx";
import { showKeys, on } from "./lib/keys";
import "./lib/lock";

const help = document.querySelector<HTMLButtonElement>("[data-help]");
if (help) {
  help.hidden = false;
  help.addEventListener("click", showKeys);
}
on("?", showKeys);
on("/", () => {
  const field = document.querySelector<HTMLInputElement>("input[type=search], [role=search] input:not([type=hidden])");
  if (field) field.focus();
  else location.assign("/search");
});

// From now on keys are heard.
document.documentElement.dataset["ready"] = "";
