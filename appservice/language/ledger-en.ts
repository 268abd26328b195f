/** Texts of the ledger of contributions, in English. */
export const ledgerEn = {
  "command.word.account": "account|contributions",
  "command.usage.account": "[quarter, such as 2026-Q3]",
  "command.help.account": "what you gave and what you allowed in this room, sent to you alone",
  "command.word.pot": "pot",
  "command.usage.pot": "AMOUNT CURRENCY equal | hours | corrections [quarter]; or: object",
  "command.help.pot":
    "show how money would be shared, by a rule that a circle of this meeting decided by consent (keeper); “object” stops it within two weeks",
  "word.pot.equal": "equal|equally",
  "word.pot.hours": "hours",
  "word.pot.corrections": "corrections",
  "word.pot.object": "object",
  "account.sent": "I have sent you your statement in a private message.",
  "account.refused":
    "I could not send you a private message, and your statement is not for the whole room. Let your client accept invitations from me, and ask again.",
  "account.title": "Your account in “{{room}}”, {{quarter}}",
  "account.nothing": "Nothing was counted in this quarter.",
  "account.note":
    "Only you are sent this. Corrections of other people’s words count after seven days, once somebody else has confirmed them. Earlier: “!circle account {{before}}”.",
  "account.unit.minutes-facilitated": "Minutes facilitated",
  "account.unit.characters-corrected": "Characters corrected and confirmed",
  "account.unit.tasks-finished": "Tasks finished",
  "account.unit.rights-granted": "Rights granted",
  "pot.shown": "A pot of {{amount}} {{unit}} for {{quarter}}",
  "pot.rule.equal": "Shared equally among everybody who gave or allowed something in that quarter.",
  "pot.rule.hours": "Shared by the minutes that each facilitated in that quarter.",
  "pot.rule.corrections": "Shared by the corrections of each that were accepted in that quarter.",
  "pot.decided": "Circle {{circle}} of this meeting consented to it: {{theme}}",
  "pot.people_one": "{{count}} person has a share, and sees it by “!circle account”.",
  "pot.people_other":
    "People who have a share: {{count}}. Each sees their own by “!circle account”, and nobody another’s.",
  "pot.until": "It counts from {{date}} on, unless somebody in the room objects until then: “!circle pot object”.",
  "account.coming": "On {{date}} {{amount}} {{unit}} will be added, unless somebody objects to the pot.",
  "pot.objected":
    "The pot of {{amount}} {{unit}} does not count: somebody objected. Talk about it, and let a circle decide again.",
  "refusal.no-consent":
    "No circle of this meeting has consented to a rule. Hold a consent circle about how the pot is shared, and show it then.",
  "refusal.no-shares": "Nobody gave anything by this rule in that quarter, so there is nothing to share by it.",
  "refusal.no-pot": "There is no pot in this room that could be objected to.",
} as const;
