// Taking in: what is read in a text is shown while one pastes it, and files may be dropped; the form works without this.
import { token } from "./lib/htmx";

const form = document.querySelector<HTMLFormElement>("#adding");
const preview = document.querySelector<HTMLElement>("#preview");
const results = document.querySelector<HTMLElement>("#results");
const text = form?.querySelector<HTMLTextAreaElement>("textarea[name=text]");
const files = form?.querySelector<HTMLInputElement>("input[type=file]");
const drop = form?.querySelector<HTMLElement>("[data-drop]");

async function ask(address: string, body: FormData): Promise<string> {
  const answer = await fetch(address, {
    method: "POST",
    body,
    mode: "same-origin",
    headers: { Accept: "text/html", "HX-Request": "true", "X-CSRF-Token": token() },
  });
  const told = await answer.text();
  if (answer.ok || told.includes("data-asks")) return told;
  const page = new DOMParser().parseFromString(told, "text/html");
  throw new Error(page.querySelector("main .said.error, main p")?.textContent?.trim() || answer.statusText || String(answer.status));
}

function fail(into: HTMLElement, error: unknown): void {
  const line = document.createElement("p");
  line.className = "said error";
  line.textContent = error instanceof Error ? error.message : String(error);
  into.replaceChildren(line);
}

/** Put what the desk answered in place; it is made and escaped there. */
function show(into: HTMLElement, html: string): void {
  into.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
}

if (form && preview && results && text && files && drop) {
  let waiting = 0;
  let round = 0;
  const look = async (): Promise<void> => {
    const mine = ++round;
    if (!text.value.trim()) {
      preview.replaceChildren();
      return;
    }
    const body = new FormData(form);
    body.delete("files");
    preview.setAttribute("aria-busy", "true");
    try {
      const html = await ask("/add/preview", body);
      if (mine === round) show(preview, html);
    } catch (error) {
      if (mine === round) fail(preview, error);
    } finally {
      preview.removeAttribute("aria-busy");
    }
  };
  const soon = (after: number) => (): void => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => void look(), after);
  };
  text.addEventListener("paste", soon(20));
  text.addEventListener("input", soon(400));
  for (const name of ["published", "title", "publisher"]) {
    form.querySelector(`input[name=${name}]`)?.addEventListener("change", soon(50));
  }
  form.querySelector("[data-preview]")?.addEventListener("click", (event) => {
    event.preventDefault();
    void look();
  });

  for (const kind of ["dragenter", "dragover"]) {
    drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer?.files.length) files.files = event.dataTransfer.files;
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = form.querySelector<HTMLButtonElement>("[data-store]");
    if (button) button.disabled = true;
    void (async () => {
      try {
        show(results, await ask("/add", new FormData(form)));
        const asks = Number(results.querySelector<HTMLElement>("[data-asks]")?.dataset.asks ?? "0");
        if (asks) {
          form.querySelector<HTMLInputElement>("input[name=published]")?.focus();
        } else {
          text.value = "";
          files.value = "";
          // Nothing that was told of these reports is told of the next ones by mistake.
          for (const name of ["title", "address", "published", "publisher"]) {
            const field = form.querySelector<HTMLInputElement>(`input[name=${name}]`);
            if (field) field.value = "";
          }
          const dayless = form.querySelector<HTMLInputElement>("input[name=dayless]");
          if (dayless) dayless.checked = false;
          preview.replaceChildren();
        }
        results.scrollIntoView({ block: "nearest" });
      } catch (error) {
        fail(results, error);
      } finally {
        if (button) button.disabled = false;
      }
    })();
  });
}
