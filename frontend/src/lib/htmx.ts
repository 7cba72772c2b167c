// htmx, set up for this desk: requests carry the token of the forms, and none leaves this address.
import htmx from "htmx.org";

htmx.config.mode = "same-origin";

/** The token that what changes something must carry. */
export function token(): string {
  return document.querySelector<HTMLMetaElement>("meta[name=csrf]")?.content ?? "";
}

document.addEventListener("htmx:config:request", (event) => {
  const { ctx } = (event as CustomEvent<{ ctx: { request: { headers: Record<string, string> } } }>).detail;
  ctx.request.headers["X-CSRF-Token"] = token();
});

/** Send something that changes something; the answer is JSON. Raises Error with the message of the desk. */
export async function send<T>(address: string, fields: Record<string, string> | FormData): Promise<T> {
  const body = fields instanceof FormData ? fields : new URLSearchParams(fields);
  const answer = await fetch(address, {
    method: "POST",
    body,
    mode: "same-origin",
    headers: { Accept: "application/json", "X-CSRF-Token": token() },
  });
  const told: unknown = await answer.json();
  if (!answer.ok) {
    const error = (told as { error?: { message?: string } }).error;
    throw new Error(error?.message ?? answer.statusText);
  }
  return told as T;
}

export default htmx;
