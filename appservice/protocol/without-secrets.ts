const HIDDEN = "[secret]";

/** The names under which secrets travel: in a query, a header, a body, or a body that stands quoted in another. */
const NAMES =
  "access_token|refresh_token|id_token|as_token|hs_token|private-token|token|api[-_]?key|api[-_]?secret|client_secret|secret|password|passwd|authorization";

/**
 * Forms by which a secret is known, whoever wrote it: a server that refuses a token likes to repeat it. Each
 * expression takes as long as its text is long.
 */
const FORMS: readonly (readonly [RegExp, string])[] = [
  // JSON Web Tokens, also those that are cut off in the middle.
  [/eyJ[\w.~%=-]{6,}/g, HIDDEN],
  // The end of one: its signature, and the rest of its payload.
  [/(?<![\w.-])[\w-]{0,4000}\.[\w-]{43}(?![\w-])/g, HIDDEN],
  [/\b(bearer|basic)(?: |%20)[\w.~+/=%-]{6,}/gi, `$1 ${HIDDEN}`],
  [new RegExp(`(?:\\b|%[0-9a-f]{2})(${NAMES})(=|%3D)[^\\s"'\\\\&,;)}\\]]{4,}`, "gi"), `$1$2${HIDDEN}`],
  [new RegExp(`\\b(${NAMES})(\\\\{0,7}["']: ?\\\\{0,7}["'])[^\\s"'\\\\]{4,}`, "gi"), `$1$2${HIDDEN}`],
  [new RegExp(`\\b(${NAMES})(: )[\\w~+=-]{16,}`, "gi"), `$1$2${HIDDEN}`],
  // A personal link's code.
  [/([#?&]code=)[\w-]{6,}/g, `$1${HIDDEN}`],
  // A name and a password in an address.
  [/:\/\/[^\s/@"'\\]{1,500}@/g, `://${HIDDEN}@`],
  // Keys of Matrix, language models and task managers.
  [/\b(?:syt|syr|syl|mat|mct|mcr)_[\w-]{8,}/g, HIDDEN],
  [/\b(?:sk|xox[abprs]|glpat|gldt)-[\w-]{12,}/g, HIDDEN],
  [/\b(?:gh[opsur]_|github_pat_|ATATT)[\w=-]{12,}/g, HIDDEN],
];

/**
 * Base64 of something long: no word of any language, and no path. Ids of Matrix and fingerprints are shorter, or of
 * fewer kinds of letters.
 */
const ENCODED = /(?<![\w+/.$%-])[A-Za-z0-9+_-][A-Za-z0-9+/_-]{58,}={0,2}/g;
/** Letters of one of our secrets that tell too much. */
const PART = 12;
/** Length of a shorter secret, of which a part is hardly longer than a word. */
const SHORTEST_IN_PARTS = 20;

/** A text as it may stand in a log or on a screen. `known`: secrets of ours, whatever form they have. */
export function withoutSecrets(text: string, known: readonly string[] = []): string {
  const hidden = known.reduce((shown, secret) => withoutParts(shown.replaceAll(secret, HIDDEN), secret), text);
  const formless = FORMS.reduce((shown, [form, instead]) => shown.replace(form, instead), hidden);
  return formless.replace(ENCODED, (found) =>
    /[a-z]/.test(found) && /[A-Z]/.test(found) && /[0-9]/.test(found) ? HIDDEN : found,
  );
}

/** The beginning of a secret that was cut off, and the end of one of which the beginning was. */
function withoutParts(text: string, secret: string): string {
  if (secret.length < SHORTEST_IN_PARTS) return text;
  const [head, tail] = [secret.slice(0, PART), secret.slice(-PART)];
  let shown = text;
  for (let at = shown.indexOf(head); at !== -1; at = shown.indexOf(head, at + HIDDEN.length)) {
    let end = PART;
    while (end < secret.length && shown[at + end] === secret[end]) end++;
    shown = `${shown.slice(0, at)}${HIDDEN}${shown.slice(at + end)}`;
  }
  for (let at = shown.indexOf(tail); at !== -1; at = shown.indexOf(tail, at + 1)) {
    let from = 0;
    while (from < secret.length - PART && shown[at - from - 1] === secret[secret.length - PART - from - 1]) from++;
    shown = `${shown.slice(0, at - from)}${HIDDEN}${shown.slice(at + PART)}`;
    at -= from;
  }
  return shown;
}
