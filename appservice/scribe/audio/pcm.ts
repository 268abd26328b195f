/** Largest sample of 16 bits. */
export const LOUDEST = 32_767;

/** Samples between -1 and 1 in 16 bits. A loop: `Int16Array.from` goes by iterators, and takes twenty times as long. */
export function pcmOf(samples: Float32Array): Int16Array {
  const pcm = new Int16Array(samples.length);
  for (let at = 0; at < pcm.length; at++) pcm[at] = Math.round(Math.max(-1, Math.min(1, samples[at] ?? 0)) * LOUDEST);
  return pcm;
}

/** Samples between -1 and 1 of whole ones; `scale` is what stands for 1. */
export function samplesOf(pcm: ArrayLike<number>, scale = LOUDEST + 1): Float32Array {
  const samples = new Float32Array(pcm.length);
  for (let at = 0; at < samples.length; at++) samples[at] = (pcm[at] ?? 0) / scale;
  return samples;
}
