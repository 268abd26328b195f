const HIDDEN = "[secret]";

/** The names under which secrets travel: in a query, a header, a body, or a body that stands quoted in another. */
const NAMES = "access_token|refresh_token|id_token|as_token|hs_token|private-token|token|api[-_]?key|api[-_]?secret|client_secret|secret|password|passwd|authorization";

/**
 * What is a secret by its form, whoever wrote it: a server that refuses a token likes to repeat it. Each expression takes as long as
 * its text is long.
 */
const FORMS: readonly (readonly [RegExp, string])[] = [
  // JSON Web Tokens, also those that are cut off in the middle.
  [/eyJ[\w.~%=-]{6,}/g, HIDDEN],
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

/** A text as it may stand in a log or on a screen. `known`: secrets of ours, whatever form they have. */
export function withoutSecrets(text: string, known: readonly string[] = []): string {
  const hidden = known.reduce((shown, secret) => shown.replaceAll(secret, HIDDEN), text);
  return FORMS.reduce((shown, [form, instead]) => shown.replace(form, instead), hidden);
}
