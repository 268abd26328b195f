/** Texts of the widget's frame: its row of controls and its middle; spread into the catalogue. */
export const frameEn = {
  reconnecting: "Reconnecting…",
  nobodyHere: "Nobody is here yet",
  startWhenReady: "Start when everybody is here.",
  more: "More",
  microphoneClosed: "Microphone closed until then",
  microphoneClosedNow: "Microphone closed until your turn",
  showTheme: "Show the whole theme",
  hideTheme: "Show less of the theme",
  devices: "Devices",
  changeDevices: "Change",
  caption: {
    microphone: "Mic",
    camera: "Camera",
    screen: "Share",
    hand: "Hand",
    extend: "+30 s",
    skip: "Later",
    leave: "Leave",
  },
} as const;
