// Put into a page before its own scripts: root mean square of the loudest moment that the page plays within a time; 0 where all that
// it has is muted or silent.
globalThis.playedLoudness = async (ms) => {
  const context = new AudioContext();
  const analysers = [...document.querySelectorAll("audio")].flatMap((element) => {
    if (element.muted || !(element.srcObject instanceof MediaStream)) return [];
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(element.srcObject).connect(analyser);
    return [analyser];
  });
  let loudest = 0;
  const samples = new Float32Array(2048);
  for (const until = performance.now() + ms; performance.now() < until; ) {
    for (const analyser of analysers) {
      analyser.getFloatTimeDomainData(samples);
      loudest = Math.max(loudest, Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length));
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await context.close();
  return loudest < 0.001 ? 0 : loudest;
};
