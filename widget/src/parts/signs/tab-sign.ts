const DOT =
  "data:image/svg+xml," +
  encodeURIComponent(
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'><circle cx='12' cy='12' r='8' fill='none' stroke='#007a61' stroke-width='2.4' stroke-dasharray='3.5 4.2'/><circle cx='17' cy='7' r='6' fill='#d51928'/></svg>",
  );

/**
 * Puts a sign on the page's tab, and on the icon of an installed page where there is one; returns what takes it away.
 * In a client's frame the tab is the client's, and nobody sees this.
 */
export function markTab(text: string, page: Document = document): () => void {
  const { title } = page;
  const icon = page.querySelector<HTMLLinkElement>("link[rel=icon]");
  const drawn = icon?.href;
  page.title = `${text} · ${title}`;
  if (icon) icon.href = DOT;
  badge((on) => on.setAppBadge?.(1));
  return () => {
    page.title = title;
    if (icon && drawn) icon.href = drawn;
    badge((on) => on.clearAppBadge?.());
  };
}

type Badges = { setAppBadge?: (count: number) => Promise<void>; clearAppBadge?: () => Promise<void> };

function badge(change: (on: Badges) => Promise<void> | undefined): void {
  // A page that is not installed, or not shown by itself, has none.
  change(navigator)?.catch(() => undefined);
}
