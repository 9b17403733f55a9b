/** Hashes that any instance computes alike. Not for secrets. */

/** FNV-1a over UTF-16 units, then the finaliser of MurmurHash3: ids that differ in their last letter only fall apart. */
export function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return mix32(hash);
}

/** Every bit of the input changes half of the bits of the output (A. Appleby, MurmurHash3, fmix32). */
export function mix32(bits: number): number {
  let hash = bits ^ (bits >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Where a text falls in [0, 1). */
export function fraction(text: string): number {
  return hash32(text) / 2 ** 32;
}

/** Numbers in [0, 1) that come the same for the same seed (SplitMix with 32 bits: Steele, Lea & Flood 2014). */
export function seededRandom(seed: number): () => number {
  let state = mix32(seed);
  return () => {
    state = (state + 0x9e3779b9) | 0;
    return mix32(state) / 2 ** 32;
  };
}
