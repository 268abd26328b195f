/**
 * The picture as it stands on the screen, with words that can be selected and searched, in the colours of the theme.
 */
export function asSvg(drawing: SVGSVGElement): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const style = getComputedStyle(drawing);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("font-family", style.fontFamily);
  for (const name of ["class", "style", "role", "aria-label", "aria-hidden"]) copy.removeAttribute(name);
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  for (const [name, value] of Object.entries({ width: "100%", height: "100%", fill: "var(--graph-ground)" }))
    ground.setAttribute(name, value);
  copy.prepend(ground);
  // A file has no style sheet: what the theme calls by a name is written out.
  return `${new XMLSerializer().serializeToString(copy).replace(/var\((--graph-[a-z-]+)\)/g, (_, name: string) => style.getPropertyValue(name).trim() || "currentColor")}\n`;
}

const SHARPNESS = 2;

/** The same as an image, twice as fine as the screen. */
export async function asPng(drawing: SVGSVGElement): Promise<Blob> {
  const { width, height } = drawing.viewBox.baseVal;
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(asSvg(drawing))}`;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), {
    width: width * SHARPNESS,
    height: height * SHARPNESS,
  });
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the picture cannot be drawn"))), "image/png"),
  );
}
