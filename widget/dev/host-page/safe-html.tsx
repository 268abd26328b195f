import { createElement, Fragment, type ReactNode } from "react";

/** Elements of other people's HTML that may be drawn, without any attribute, beside text. */
const KNOWN = new Set([
  "p",
  "br",
  "b",
  "strong",
  "i",
  "em",
  "small",
  "sub",
  "code",
  "ul",
  "ol",
  "li",
  "h1",
  "h2",
  "h3",
  "h4",
  "blockquote",
  "hr",
  "del",
]);
const SILENT = new Set(["script", "style", "mx-reply", "template", "iframe", "object"]);

/** The document made here runs nothing and loads nothing; only its text and the shape of it are taken over. */
export function SafeHtml({ html }: { html: string }) {
  return <>{draw(new DOMParser().parseFromString(html, "text/html").body.childNodes)}</>;
}

function draw(nodes: NodeListOf<ChildNode>): ReactNode[] {
  return [...nodes].map((node, index) => {
    if (node.nodeType === Node.TEXT_NODE) return node.textContent;
    if (!(node instanceof Element)) return null;
    const name = node.localName;
    if (SILENT.has(name)) return null;
    if (name === "br" || name === "hr") return createElement(name, { key: index });
    return createElement(KNOWN.has(name) ? name : Fragment, { key: index }, draw(node.childNodes));
  });
}
