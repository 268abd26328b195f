/** Membership in a member event's content; one that says nothing stands for somebody who is out. */
export function membershipIn(content: unknown): string {
  const { membership } = (content ?? {}) as { readonly membership?: unknown };
  return typeof membership === "string" ? membership : "leave";
}

/** Visibility in a content: none is `shared`; an unknown one is taken for the narrowest. */
export function visibilityIn(content: unknown): string {
  const { history_visibility: value } = (content ?? {}) as { readonly history_visibility?: unknown };
  return value === undefined ? "shared" : typeof value === "string" && KNOWN.has(value) ? value : "joined";
}

const KNOWN: ReadonlySet<string> = new Set(["world_readable", "shared", "invited", "joined"]);
