// Decoder of G.722 at 64 kbit/s after ITU-T G.722 (09/2012): two bands in adaptive steps, put together by a mirror
// filter. Names are those of the recommendation: `nb` and `det` are a band's step, `a`, `b` its predictor, `q6`, `q4`,
// `q2` the levels of a code of so many bits. Numbers are those of its tables, in its fixed-point arithmetic.

/** Logarithm of a step by which the levels of a code change it. */
const WL = [-60, -30, 58, 172, 334, 538, 1198, 3042];
const RL42 = [0, 7, 6, 5, 4, 3, 2, 1, 7, 6, 5, 4, 3, 2, 1, 0];
const WH = [0, -214, 798];
const RH2 = [2, 1, 2, 1];
const ILB = Array.from({ length: 32 }, (_, i) => Math.round(2048 * 2 ** (i / 32)));
const Q2 = [-7408, -1616, 7408, 1616];
const [Q4, Q6] = [
  levels([20456, 12896, 8968, 6288, 4240, 2584, 1200], 16),
  levels(
    [
      24808, 21904, 19008, 16704, 14984, 13512, 12280, 11192, 10232, 9360, 8576, 7856, 7192, 6576, 6000, 5456, 4944,
      4464, 4008, 3576, 3168, 2776, 2400, 2032, 1688, 1360, 1040, 728, 432, 136,
    ],
    64,
  ),
];
/** Half of the mirror filter, which is the same from both ends. */
const QMF = [3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11];

/** Levels by code: first those below nothing from the largest on, then those above; what is no code is the smallest. */
function levels(sizes: readonly number[], codes: number): number[] {
  const [above, below] = [sizes, sizes.slice(0, codes / 2 - codes / 16).map((size) => -size)];
  const first = codes === 16 ? [0] : Array.from({ length: 4 }, () => -(sizes.at(-1) ?? 0));
  const last = codes === 16 ? [0] : [-(sizes.at(-2) ?? 0), -(sizes.at(-1) ?? 0)];
  return [...first, ...below, ...above, ...last].slice(0, codes);
}

const limited = (value: number) => Math.max(-32_768, Math.min(32_767, value));
const signOf = (value: number) => (value < 0 ? -1 : 1);

/** A band with its step and its predictor of two poles and six zeros. */
class Band {
  readonly #bias: number;
  readonly #longest: number;
  readonly #d = new Array<number>(7).fill(0);
  readonly #b = new Array<number>(7).fill(0);
  readonly #a = [0, 0, 0];
  readonly #r = [0, 0, 0];
  readonly #p = [0, 0, 0];
  #sz = 0;
  #nb = 0;
  predicted = 0;
  det: number;

  constructor({ det, bias, longest }: { det: number; bias: number; longest: number }) {
    this.det = det;
    this.#bias = bias;
    this.#longest = longest;
  }

  /** Takes the difference that a code stands for, and the change of the step that comes with it. */
  take(difference: number, change: number): void {
    this.#nb = Math.max(0, Math.min(this.#longest, ((this.#nb * 127) >> 7) + change));
    const shift = this.#bias - (this.#nb >> 11);
    const step = ILB[(this.#nb >> 6) & 31] ?? 0;
    this.det = (shift < 0 ? step << -shift : step >> shift) << 2;
    this.#predict(difference);
  }

  #predict(difference: number): void {
    const [d, b, a, r, p] = [this.#d, this.#b, this.#a, this.#r, this.#p];
    d[0] = difference;
    r[0] = limited(this.predicted + difference);
    p[0] = limited(this.#sz + difference);
    const [p0 = 0, p1 = 0, p2 = 0, a1 = 0, a2 = 0] = [...p, a[1], a[2]];
    const near = limited(4 * a1);
    const towards = signOf(p0) === signOf(p1) ? -near : near;
    const pole = Math.max(
      -12_288,
      Math.min(
        12_288,
        (Math.min(32_767, towards) >> 7) + (signOf(p0) === signOf(p2) ? 128 : -128) + ((a2 * 32_512) >> 15),
      ),
    );
    const most = 15_360 - pole;
    const other = ((a1 * 32_640) >> 15) + (signOf(p0) === signOf(p1) ? 192 : -192);
    a[2] = pole;
    a[1] = Math.max(-most, Math.min(most, other));
    const grows = difference === 0 ? 0 : 128;
    for (let i = 1; i < 7; i++)
      b[i] = (signOf(d[i] ?? 0) === signOf(difference) ? grows : -grows) + (((b[i] ?? 0) * 32_640) >> 15);
    for (let i = 6; i > 0; i--) d[i] = d[i - 1] ?? 0;
    for (let i = 2; i > 0; i--) [r[i], p[i]] = [r[i - 1] ?? 0, p[i - 1] ?? 0];
    const poles = [1, 2].reduce((sum, i) => sum + (((a[i] ?? 0) * limited(2 * (r[i] ?? 0))) >> 15), 0);
    this.#sz = limited(
      [1, 2, 3, 4, 5, 6].reduce((sum, i) => sum + (((b[i] ?? 0) * limited(2 * (d[i] ?? 0))) >> 15), 0),
    );
    this.predicted = limited(limited(poles) + this.#sz);
  }
}

/** Sound of 16,000 samples a second, each between -1 and 1, of two samples a byte. */
export function decodeG722(bytes: Uint8Array): Float32Array {
  const low = new Band({ det: 32, bias: 8, longest: 18_432 });
  const high = new Band({ det: 8, bias: 10, longest: 22_528 });
  const sound = new Float32Array(bytes.length * 2);
  const line = new Array<number>(24).fill(0);
  for (const [at, byte] of bytes.entries()) {
    const [code6, code4, code2] = [byte & 63, (byte & 63) >> 2, byte >> 6];
    const heard = Math.max(-16_384, Math.min(16_383, ((low.det * (Q6[code6] ?? 0)) >> 15) + low.predicted));
    low.take((low.det * (Q4[code4] ?? 0)) >> 15, WL[RL42[code4] ?? 0] ?? 0);
    const difference = (high.det * (Q2[code2] ?? 0)) >> 15;
    const above = Math.max(-16_384, Math.min(16_383, difference + high.predicted));
    high.take(difference, WH[RH2[code2] ?? 0] ?? 0);
    line.splice(0, 2);
    line.push(heard + above, heard - above);
    let [even, odd] = [0, 0];
    for (let i = 0; i < 12; i++) {
      odd += (line[2 * i] ?? 0) * (QMF[i] ?? 0);
      even += (line[2 * i + 1] ?? 0) * (QMF[11 - i] ?? 0);
    }
    sound[2 * at] = limited(even >> 11) / 32_768;
    sound[2 * at + 1] = limited(odd >> 11) / 32_768;
  }
  return sound;
}
