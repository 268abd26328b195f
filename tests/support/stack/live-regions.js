// Run in a page: keeps what its live regions say, as a screen reader would say it, in `heard`.
(() => {
  const heard = (globalThis.heard = []);
  const LIVE = "[aria-live]:not([aria-live=off]), [role=status], [role=alert]";
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const at = target instanceof Element ? target : target.parentElement;
      const text = at?.closest(LIVE)?.textContent?.trim();
      if (text && heard.at(-1) !== text) heard.push(text);
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
})();
