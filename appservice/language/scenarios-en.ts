/** Scenarios of a room, in English: what is there, and what is wrong with one that was brought. */
export const scenariosEn = {
  "scenario.list": "Scenarios of this room",
  "scenario.list-how": "“!circle start NAME topic” starts one of them; “!circle start topic” starts {{preferred}}.",
  "scenario.own": "this room’s own",
  "scenario.unusable": "cannot be used: {{problems}}",
  "scenario.circle": "{{kind}}, {{time}} each",
  "scenario.circle-whole": "{{kind}}, {{time}} in total",
  "scenario.chosen": "From now on, “!circle start” starts “{{title}}” ({{id}}).",
  "scenario.taken_one":
    "“{{title}}” ({{id}}) has been added, with {{count}} circle. “!circle start {{id}} topic” starts it; “!circle scenario use {{id}}” makes it this room’s default.",
  "scenario.taken_other":
    "“{{title}}” ({{id}}) has been added, with {{count}} circles. “!circle start {{id}} topic” starts it; “!circle scenario use {{id}}” makes it this room’s default.",
  "scenario.removed": "“{{id}}” has been removed from this room.",
  "scenario.not-own": "“{{id}}” is not one of this room’s own scenarios.",
  "scenario.nothing-brought":
    "I see no scenario. Upload a YAML file and reply to it with “!circle scenario import”, or write the YAML as a code block (between lines of ```) below that command.",
  "scenario.not-loaded": "The file could not be fetched from the homeserver. Please upload it again.",
  "scenario.needs-power": "I need the power of a moderator (50) to keep a scenario in this room.",
  "scenario.too-many": "This room has {{most}} scenarios of its own; remove one first: “!circle scenario remove NAME”.",
  "scenario.bad_one": "There is {{count}} thing to fix in this scenario; nothing was changed.",
  "scenario.bad_other": "There are {{count}} things to fix in this scenario; nothing was changed.",
  "scenario.bad-more": "… and {{count}} more.",

  "scenario.problem.too-large": "it is larger than {{most}} kB. Shorten it.",
  "scenario.problem.not-yaml":
    "line {{line}} is not valid YAML ({{reason}}). Fix it there; indentation or quotation marks are the usual cause.",
  "scenario.problem.unreadable":
    "it cannot be read: it is nested too deeply, or refers to itself too often. Write it out in full.",
  "scenario.problem.not-keys": "it must consist of keys such as id, title and circles.",
  "scenario.problem.unknown-key": "this key is not known. Remove it, or check its spelling.",
  "scenario.problem.missing": "this key is missing. Add it.",
  "scenario.problem.wrong-kind": "it must be {{expected}}. Change it.",
  "scenario.problem.too-small": "it must be at least {{least}}. Raise it.",
  "scenario.problem.too-big": "it must be at most {{most}}. Lower it.",
  "scenario.problem.too-short": "it is empty. Write something there.",
  "scenario.problem.too-long": "it is too long: {{most}} at most. Shorten it.",
  "scenario.problem.one-of": "it must be one of: {{values}}. Choose one.",
  "scenario.problem.bad-id":
    "it can have lower-case letters a–z, digits and dashes, and must begin with a letter. Choose another.",
  "scenario.problem.bad-text": "it must be a text of at most 500 characters, or one for each language: {en: …, ru: …}.",
  "scenario.problem.bad-order": "it must be joined, reversed, drawn, quietest-first, or {listed: [names]}.",
  "scenario.problem.no-such-circle":
    "no circle up to this one has that id. Give the circle it should go back to an id, and name it here.",
  "scenario.problem.wrong": "this does not belong here. See an example with “!circle scenario show council”.",

  "kind.check-in": "check-in",
  "kind.statement": "statements",
  "kind.clarify": "questions",
  "kind.reactions": "reactions",
  "kind.consent": "consent",
  "kind.open-floor": "open floor",
  "kind.silent-writing": "silent writing",
  "kind.dot-vote": "dot voting",
  "kind.tasks": "tasks",
  "kind.check-out": "check-out",
} as const;
