// Search: fields that suggest the names of places and parties while one types.
interface Name {
  value: string;
  label: string;
}

for (const field of document.querySelectorAll<HTMLInputElement>("input[data-suggest]")) {
  const list = field.list;
  let waiting = 0;
  let asked = "";
  field.addEventListener("input", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => void suggest(field, list), 180);
  });

  async function suggest(from: HTMLInputElement, into: HTMLDataListElement | HTMLElement | null): Promise<void> {
    const told = from.value.trim();
    if (!into || told.length < 2 || told.includes(":") || told === asked) return;
    asked = told;
    const query = new URLSearchParams({ kind: from.dataset.suggest ?? "", name: told });
    const answer = await fetch(`/search/names?${query}`, { headers: { Accept: "application/json" } });
    if (!answer.ok || from.value.trim() !== told) return;
    const { names } = (await answer.json()) as { names: Name[] };
    into.replaceChildren(
      ...names.map(({ value, label }) => {
        const option = document.createElement("option");
        option.value = value;
        option.label = label;
        return option;
      }),
    );
  }
}
