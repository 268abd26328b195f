import { createHash } from "node:crypto";
import { escapeHtml } from "../language/escape-html.ts";
import type { Translate } from "../language/translate.ts";
import type { Language } from "../protocol/identity.ts";

/** The code stands behind the `#`, which no browser sends: this alone brings it into the form. */
const SCRIPT = `const [form] = document.forms;
form.elements.code.value = location.hash.slice(1);
form.hidden = false;
form.addEventListener("submit", () => {
  form.querySelector("button").disabled = true;
  document.getElementById("begun").hidden = false;
});`;

const STYLE = `:root { color-scheme: light dark; font: 1.1rem/1.5 system-ui, sans-serif; }
main { max-width: 34rem; margin: 15vh auto 0; padding: 0 1.25rem; }
button { font: inherit; padding: 0.6rem 1.4rem; }`;

const hashOf = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** Stands in the page itself: a proxy or a router in front may leave headers away. */
const POLICY = [
  "default-src 'none'",
  `script-src ${hashOf(SCRIPT)}`,
  `style-src ${hashOf(STYLE)}`,
  "form-action 'self'",
  "base-uri 'none'",
].join("; ");

/**
 * Page behind an archive's address. It gives nothing away, and nothing is fetched before somebody presses: a preview
 * presses nothing.
 */
export function fetchPage(language: Language, t: Translate): string {
  const text = (key: Parameters<Translate>[0]) => escapeHtml(t(key));
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">
<title>${text("own-data.title")}</title><style>${STYLE}</style></head><body><main>
<h1>${text("own-data.title")}</h1>
<p>${text("own-data.fetch.what")}</p>
<form method="post" hidden><input type="hidden" name="code"><button>${text("own-data.fetch.press")}</button></form>
<p id="begun" role="status" hidden>${text("own-data.fetch.begun")}</p>
<noscript><p>${text("own-data.fetch.script")}</p></noscript>
</main><script>${SCRIPT}</script></body></html>
`;
}
