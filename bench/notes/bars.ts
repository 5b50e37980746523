/** What was promised, beside what was measured. */
import type { Figures } from '../bench.ts';

type Bar = { at: string; is: 'most' | 'least'; bar: number };
/** `or`: another figure that will do in its place. */
type Promised = Bar & { or?: Bar };

const promised: Record<string, Promised> = {
  'keystroke to results by words, p95 ms': { at: 'keystroke.words.p95', is: 'most', bar: 40 },
  'keystroke to results with meaning, p95 ms': { at: 'keystroke.meaning.p95', is: 'most', bar: 80 },
  'index by words, notes a second': { at: 'index.notesPerSecond', is: 'least', bar: 1_500, or: { at: 'index.timesReading', is: 'most', bar: 3 } },
  'nothing changed, seconds': { at: 'again.seconds', is: 'most', bar: 1 },
  'one changed note found, most seconds': { at: 'change.most', is: 'most', bar: 1 },
};

/** `isMet` is null for what was not measured. */
export const barsOf = (figures: Figures): Figures => Object.fromEntries(Object.entries(promised).map(([name, promise]) => [name, judged(figures, promise)]));

function judged(figures: Figures, { or, ...bar }: Promised): Figures {
  const [isMet, ...others] = [bar, ...(or ? [or] : [])].map((one) => meets(numberAt(figures, one.at), one));
  return {
    figure: numberAt(figures, bar.at),
    [`at ${bar.is}`]: bar.bar,
    ...(or ? { [`or ${or.at}`]: numberAt(figures, or.at), [`then at ${or.is}`]: or.bar } : {}),
    isMet: isMet === null ? null : [isMet, ...others].includes(true),
  };
}

const meets = (figure: number | null, { is, bar }: Bar): boolean | null => (figure === null ? null : is === 'most' ? figure <= bar : figure >= bar);

function numberAt(figures: Figures, at: string): number | null {
  let value: Figures[string] | undefined = figures;
  for (const name of at.split('.')) value = typeof value === 'object' && value !== null ? value[name] : undefined;
  return typeof value === 'number' ? value : null;
}
