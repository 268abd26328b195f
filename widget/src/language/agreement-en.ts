/** Texts of the question whether one's words may be written down. */
export const agreementEn = {
  title: "May your words be written down?",
  speechHere: "What you say in your turn becomes text in the room’s record. This server does it.",
  speechOutside: "What you say in your turn becomes text in the room’s record. {{name}} does it, outside this server.",
  minutes: "{{name}}, outside this server, gets the text to make the minutes.",
  telegram: "What is written down goes into the Telegram chat “{{name}}”, too.",
  comments: "What you type in the room while a circle runs becomes comments in the record.",
  without:
    "If not, you take part and are heard, and nothing of yours is written. You can change your mind at any time.",
  write: "Write my words",
  unwritten: "Join off the record",
  stayUnwritten: "Don’t write my words",
  loading: "Asking the server who gets your words…",
  given: "Your words are written down in this meeting.",
  refused: "Nothing of yours is written down in this meeting.",
  change: "Change",
  setting: "Write my words in this meeting",
  section: "My words",
  sign: "not written down",
  turnUnwritten: "Not written down: they had not agreed.",
  partlyUnwritten: "Not all of it is written down: they had not agreed throughout.",
};
