/** Texts of sound that is kept, and of what one’s words may be used for; spread into the catalogue. */
export const soundEn = {
  title: "My words and my voice",
  yes: "That may be",
  no: "No",
  myData: "Download my data",
  account: "My contributions here",
  accountShow: "Show",
  accountEarlier: "Earlier",
  accountNote: "Shown to you alone. No score: nobody is compared with anybody.",
  erase: "Erase my words",
  erasing: "Erase for good",
  hear: "Play",
  stop: "Stop",
  hearWhat: "Play what {{name}} said",
  stopHearing: "Stop playing {{name}}",
} as const;
