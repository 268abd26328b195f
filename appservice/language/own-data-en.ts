/** Texts of the archive with all that is kept of a person, in English. */
export const ownDataEn = {
  "own-data.title": "All that is kept of me in this room",
  "own-data.files":
    "data.json has the same for machines, meetings/ every event of mine as it is kept, sound/ my voice where I let it be kept.",
  "own-data.purposes": "Uses of my words and sound that I was asked about",
  "own-data.purpose.write": "writing down in all meetings",
  "own-data.purpose.sound": "keeping sound",
  "own-data.purpose.improve": "improving this server’s models",
  "own-data.purpose.publish": "publishing",
  "own-data.yes": "yes",
  "own-data.no": "no",
  "own-data.none": "Nothing.",
  "own-data.said": "What I said",
  "own-data.typed": "What I typed",
  "own-data.given": "Topics, themes, texts and reasons that I gave",
  "own-data.made": "What was made of it",
  "own-data.accesses": "Who read, heard or took away the meetings I was in",
  "own-data.access.read": "read the record",
  "own-data.access.export": "took the record away as a file",
  "own-data.access.sound": "heard the sound",
  "own-data.access.own-data": "fetched their own data",
  "own-data.admin": "the admin of this service",
  "own-data.message":
    "All that is kept of you in “{{room}}”, as one file: {{url}} The address is for you alone; the file can be fetched once, within 10 minutes.",
  "own-data.fetch.what":
    "One file with what you said and wrote here, what was made of it, and who read it. It can be fetched once, within 10 minutes after the address was made.",
  "own-data.fetch.press": "Fetch my data",
  "own-data.fetch.begun": "Your browser is fetching the file. If it breaks off, ask for another address.",
  "own-data.fetch.script": "This page needs JavaScript.",
  "own-data.sent":
    "I have sent you a private message with an address. By it the file can be fetched once, within 10 minutes.",
  "forget.what":
    "All that you ever said and wrote in this room will be erased for good: words, sound, and what was made of them, here and in my messages. What others said stands, and so does that you took part. Messages of your own in the room are yours: remove them there.",
  "forget.how": "If you want that, write “!circle forget me yes”.",
  "forget.begun":
    "I am erasing what you said and wrote here; that takes moments. From now on nothing of yours is written down, unless you agree again.",
  "forget.done": "What you said and wrote in “{{room}}” is erased.",
  "forget.only-own":
    "Everybody can have their own words erased (“!circle forget me”), and nobody those of others. For somebody who cannot write here any more, whoever runs this service does it.",
  "word.forget.me": "me|myself",
  "word.my.data": "data",
} as const;
