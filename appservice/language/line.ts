/**
 * A piece of a line: plain, weighty, small print, what is to be typed as it stands, a link, or somebody, whom clients
 * draw as they draw people.
 */
export type Span =
  | string
  | { readonly strong: string }
  | { readonly small: string }
  | { readonly code: string }
  | { readonly link: string; readonly href: string }
  | { readonly person: string; readonly name: string };

export type Picture = { readonly mxc: string; readonly alt: string; readonly width: number; readonly height: number };

/** A line of a message: plain, of several pieces, a heading, an item of a list, small print, a link, or a picture. */
export type Line =
  | string
  | readonly Span[]
  | { readonly heading: string }
  | { readonly item: string | readonly Span[]; readonly lead?: string }
  | { readonly small: string }
  | { readonly link: string; readonly href: string }
  | { readonly picture: Picture };
