/** Words of the meeting's graph as it is drawn; spread into the catalogue. */
export const networkEn = {
  inCircle: "{{kind}} · circle {{n}}",
  heading: { circles: "Circles", themes: "Shared themes", results: "Results" },
  edge: {
    spoke: "spoke in",
    said: "said",
    about: "about",
    supports: "supports",
    objects: "objects to",
    answers: "answers",
    agreed: "agreed",
    assigned: "taken on by",
    derived: "came from",
    same: "on the same subject",
  },
  /** The same line, seen from its other end. */
  back: {
    spoke: "heard",
    said: "said by",
    about: "spoken of in",
    supports: "supported by",
    objects: "objected to by",
    answers: "answered by",
    agreed: "agreed by",
    assigned: "takes on",
    derived: "led to",
    same: "on the same subject",
  },
  filter: "Filter",
  lines: "Lines",
  notConfirmed: "dashed: suggested, not confirmed",
  connected: "Connected with",
} as const;
