import { describe, expect, it } from 'vitest';
import { today } from './fixtures/library.ts';
import { planFor, planOf } from './plan.ts';

const shortly = (question: string) => {
  const plan = planOf(question, today);
  if (!plan) return 'nothing';
  const times = plan.times.map(({ from, until }) => `${new Date(from).toLocaleDateString('en-GB')}–${new Date(until).toLocaleDateString('en-GB')}`);
  return [plan.kind + (plan.kind === 'when' ? ` ${plan.end}` : '') + (plan.counts ? ' counted' : '') + (plan.isSure ? '' : '?'), plan.topics.join(' | '), ...(plan.aspect === null ? [] : [`by ${plan.aspect}`]), ...times].join(' · ');
};

describe('what is asked to be researched', () => {
  it.each([
    ['Compare what I wrote about sourdough and yeast bread.', 'compare · sourdough | yeast bread'],
    ['Please compare the Linden Street flat with the Harbour flat in terms of noise', 'compare · Linden Street flat | Harbour flat · by noise'],
    ['What is the difference between the Lisbon and Oslo trips?', 'compare · Lisbon trip | Oslo trip'],
    ['How does remote work compare to the office?', 'compare · remote work | office'],
    ['sourdough vs. yeast', 'compare · sourdough | yeast'],
    ['Compare my goals of 2024 and 2025', 'change · goals · 01/01/2024–01/01/2025 · 01/01/2025–01/01/2026'],
    ['What changed between March and June about the garden budget?', 'change · garden budget · 01/03/2026–01/04/2026 · 01/06/2026–01/07/2026'],
    ['what changed between March 2025 and June 2025?', 'change ·  · 01/03/2025–01/04/2025 · 01/06/2025–01/07/2025'],
    ['What changed in the kitchen plan since January?', 'change · kitchen plan · 01/01/2026–21/11/2026'],
    ['How has my opinion of remote work changed over time?', 'change · remote work'],
    ['Did I change my mind about coffee?', 'change · coffee'],
    ['Give me a timeline of the shed', 'change · shed'],
    ['When did I last go to the dentist?', 'when last · go to the dentist'],
    ['When was the last time I changed the oil?', 'when last · changed the oil'],
    ['When did I first run 10 km?', 'when first · run 10 km'],
    ['How often did I go swimming in 2025?', 'list counted · go swimming · 01/01/2025–01/01/2026'],
    ['List all books I read in 2025', 'list · books I read · 01/01/2025–01/01/2026'],
    ['Which books did I read?', 'list · books I read'],
    ['Summarise everything about Project Heron', 'summary · Project Heron'],
    ['Can you summarize what I wrote about sleep in my notes, please', 'summary · sleep'],
    ['What do my notes say about Ana?', 'summary? · Ana'],
    ['What did I do last week?', 'summary? ·  · 09/11/2026–16/11/2026'],
    ['Vergleiche, was ich über Sauerteig und Hefe geschrieben habe', 'compare · Sauerteig | Hefe'],
    ['Was hat sich zwischen März und Juni beim Budget geändert?', 'change · Budget · 01/03/2026–01/04/2026 · 01/06/2026–01/07/2026'],
    ['Wann war ich zuletzt beim Zahnarzt?', 'when last · beim Zahnarzt'],
    ['Fasse alles über das Dach zusammen', 'summary · Dach'],
    ["Compare ce que j'ai écrit sur Lyon et Nantes", 'compare · Lyon | Nantes'],
    ['Quand ai-je vu le dentiste pour la dernière fois ?', 'when last · vu le dentiste'],
    ['Résume mes notes sur le jardin', 'summary · jardin'],
    ['¿Cuándo fui al dentista por última vez?', 'when last · fui al dentista'],
    ['Compara lo que escribí sobre Vigo y Lugo', 'compare · Vigo | Lugo'],
    ['¿Qué ha cambiado en el jardín?', 'change · jardín'],
    ['東京と京都を比較して', 'compare · 東京 | 京都'],
    ['最後に歯医者に行ったのはいつですか', 'when last · 歯医者に行っ'],
    ['庭についてまとめて', 'summary · 庭'],
  ])('%s', (question, expected) => expect(shortly(question)).toBe(expected));

  // Bug: an ordinary question is taken from the model and answered with a report.
  it.each([
    'Where is the spare key?', 'What is the capital of Portugal?', 'Remember that I prefer tea.', 'What changed?', 'Tell me a joke', 'When did I move to Ghent?', 'Who is Ana?', 'Thanks!',
    'How do I compare two lists in Python?', 'Write a poem about change.', 'I changed my mind.', 'Is it going to rain?', 'What did I just say?', 'List comprehension is neat, I think.', 'How are you?',
  ])('asks nothing of the kind: %s', (question) => expect(planOf(question, today)?.isSure ?? false).toBe(false));

  it('is planned all the same where the owner asks for it', () => {
    expect(planFor('Where is the spare key?', today)).toMatchObject({ kind: 'question', asks: [{ topic: 0 }] });
    expect(planFor('???', today).asks).not.toEqual([]);
  });

  /** Milliseconds of processor time: others may keep a machine busy. */
  const taken = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000;
  };

  // Bug: a pasted page takes minutes to be told from a question.
  it('is told at once, whatever is written', () => {
    const parts = ['compare ', 'what changed between ', ' and ', 'list all ', 'the ', 'when did I last ', ' vs ', 'summarise everything about ', '比較して', 'wann habe ich ', ', ', '? ', 'in terms of ', '2025 '];
    for (const one of parts) {
      for (const other of parts) {
        const start = taken();
        planOf(`${one}${other}`.repeat(30).slice(0, 400), today);
        planOf(`${one}${other.repeat(60)}`.slice(0, 400), today);
        expect(taken() - start, one + other).toBeLessThan(400);
      }
    }
    const start = taken();
    planOf('compare '.repeat(200_000), today);
    planFor('compare this and '.repeat(200_000), today);
    expect(taken() - start).toBeLessThan(2_000);
  });
});
