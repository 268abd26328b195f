/** Texts for guests and their links, in English. */
export const guestsEn = {
  "guest.name": "{{name}} (guest)",
  "guest.name-again": "{{name}} (guest {{number}})",
  "guest.namesake": "{{name}} (guest, namesake)",
  "guest.namesake-again": "{{name}} (guest {{number}}, namesake)",
  "guest.waits":
    "{{name}} waits to be let in as a guest. The keeper or a moderator presses ✅ to let them in, ❌ to turn them away.",
  "guest.looks-alike": "Somebody here has a name that looks the same. This is somebody else.",
  "guest.came": "{{name}} has come in by the link for guests.",
  "guest.let-in": "{{name}} has been let in as a guest by {{by}}.",
  "guest.full": "All places of the link by which they came are taken.",
  "guest.turned-away": "{{name}} has not been let in. {{by}} decided so.",
  "guest.put-out": "{{name}} has been put out by {{by}}. The link by which they came opens nothing any more.",
  "guest.encrypted":
    "{{name}} is not in the circle any more: the room is encrypted now, and a guest has no device of Matrix to which its keys could go.",
  "command.word.guests": "guests",
  "command.usage.guests": "[always] [open] [places] | off",
  "command.help.guests":
    "get a link for guests without an account: for this meeting or “always”, with a lobby or “open” without one, for 10 guests or as many as you say; “off” takes all such links back",
  "word.guests.always": "always",
  "word.guests.open": "open",
  "word.guests.off": "off",
  "guests.sent": "I have sent you the link for guests in a private message. Hand it on to whoever is to come.",
  "guests.refused":
    "I could not send you a private message, and a link for guests is not for the whole room. You find it in the widget, in the keeper’s menu.",
  "guests.full": "This room has as many links for guests as it may have. “!circle guests off” takes them back.",
  "guests.closed_one": "{{count}} link for guests opens nothing any more. Guests who are in the circle stay.",
  "guests.closed_other": "Links for guests that open nothing any more: {{count}}. Guests who are in the circle stay.",
  "guests.link.message": "A link for guests of the circle of “{{room}}”: {{url}}",
  "guests.link.once": "It is for one meeting.",
  "guests.link.always": "It is valid until you close it: “!circle guests off”.",
  "guests.link.lobby": "Whoever opens it chooses a name and waits until you let them in.",
  "guests.link.open": "Whoever opens it chooses a name and is in at once.",
  "guests.link.places_one": "It has a place for {{count}} guest.",
  "guests.link.places_other": "It has places for {{count}} guests.",
} as const;
