/**
 * Embeddings without a model, spread as real ones are: every word has a direction among a few that matter, a text is the
 * mean of its words, and all lean to one side. Vectors that differ in every dimension at random have no neighbours worth
 * finding, and no index finds them.
 */
const latent = 24;
/** How much all texts have in common. */
const lean = 6;

/** Numbers around zero, the same for the same seed. */
function numbers(seed: number, count: number): Float64Array {
  let state = seed >>> 0;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return Float64Array.from({ length: count }, () => random() + random() + random() - 1.5);
}

function hash(text: string): number {
  let value = 2_166_136_261;
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 16_777_619);
  return value;
}

/** Texts in, vectors of unit length out. */
export function createMadeUpEmbedder(dimensions: number): (texts: string[]) => Promise<Float32Array[]> {
  const directions = Array.from({ length: latent }, (_, index) => numbers(index + 1, dimensions));
  const common = numbers(99, dimensions);
  const known = new Map<string, Float64Array>();
  const wordVector = (word: string): Float64Array => {
    let vector = known.get(word);
    if (!vector) known.set(word, (vector = numbers(hash(word), latent)));
    return vector;
  };

  function embedOne(text: string): Float32Array {
    const mean = new Float64Array(latent);
    for (const word of text.split(/\W+/u)) wordVector(word).forEach((value, index) => { mean[index]! += value; });
    const spread = numbers(hash(text), dimensions).map((noise, dimension) => noise * 0.3 + lean * common[dimension]!);
    directions.forEach((direction, index) => direction.forEach((value, dimension) => { spread[dimension]! += value * mean[index]!; }));
    const length = Math.hypot(...spread);
    return Float32Array.from(spread, (value) => value / length);
  }
  return async (texts) => texts.map(embedOne);
}
