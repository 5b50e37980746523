import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Database } from '../../store/database.ts';
import { libraryOf, today } from './fixtures/library.ts';
import { questions } from './fixtures/questions.ts';
import { research } from './fixtures/research.ts';
import { vault, type VaultNote } from './fixtures/vault.ts';
import type { Library } from './sources.ts';

let opened: { db: Database; library: Library };
beforeAll(async () => {
  opened = await libraryOf(vault);
});
afterAll(() => void opened.db.close());

const asked = (question: string, library = opened.library) => research(question, { library, now: today });

describe('a research over forty notes, with no model', () => {
  // Bug: the report leaves out what the notes say, or brings in what is about something else.
  it.each(questions.map((question) => [question.ask, question] as const))('%s', async (ask, { kind, must, not = [] }) => {
    const { plan, text } = await asked(ask);
    expect(plan.kind).toBe(kind);
    for (const pattern of must) expect(text).toMatch(pattern);
    for (const pattern of not) expect(text).not.toMatch(pattern);
  });

  // Bug: a number leads to another passage than the quoted one, or a quotation is no note's.
  it('quotes only what stands in the passage it names', async () => {
    for (const { ask } of questions) {
      const { report, text } = await asked(ask);
      const marks = new Set([...text.matchAll(/(?<!\\)\[(\d+)\]/gu)].map(([, mark]) => Number(mark)));
      expect([...marks].sort((one, other) => one - other)).toEqual(report.citations.map(({ mark }) => mark));
      for (const { source, quotes } of report.citations) {
        const words = new Set(source.text.match(/[\p{L}\p{N}]+/gu));
        for (const quote of quotes) expect([...(quote.match(/[\p{L}\p{N}]+/gu) ?? [])].filter((word) => !words.has(word))).toEqual([]);
      }
    }
  });

  it('says how many notes were looked at, and what was not found', async () => {
    expect((await asked('Compare Lisbon and Reykjavik')).text).toContain('Nothing was found about **Reykjavik**');
    expect((await asked('Summarise everything about the shed')).text).toMatch(/Looked at \d+ passages in \d+ of 43 notes, in \d rounds?; \d+ are quoted/u);
  });
});

describe('rounds of a search', () => {
  // Bug: what is written under a note's other name is never found.
  it('goes on with other names of what it found, and with what is linked', async () => {
    const { gathered } = await asked('Summarise everything about Project Heron');
    expect(gathered.steps).toContainEqual(expect.objectContaining({ kind: 'name', looking: 'Wading bird', round: 2, fresh: 1 }));
    expect(gathered.steps.some(({ kind }) => kind === 'links')).toBe(true);
    expect(gathered.end).toBe('done');
  });

  it('lists each note in the step that came upon it, once', async () => {
    const { gathered } = await asked('Compare the Linden Street flat and the Harbour flat.');
    const titles = gathered.steps.flatMap(({ notes }) => notes.map(({ title }) => title));
    expect(titles.toSorted()).toEqual(['Harbour flat', 'Linden Street flat', 'Thoughts on moving']);
  });

  // Bug: of a log of years the best matches are looked at, and the last entry is not among them.
  it('finds the last of very many', async () => {
    const many: VaultNote[] = Array.from({ length: 700 }, (_, index) => {
      const day = new Date(Date.UTC(2023, 0, 1 + 2 * index)).toISOString().slice(0, 10);
      return { path: `Log/${day}.md`, day, text: index === 699 ? 'Swam after a long day of meetings, letters, errands and rain, and was glad of it.\n' : 'Swimming, swimming: swam.\n' };
    });
    const { db, library } = await libraryOf(many);
    onTestFinished(() => void db.close());
    const { text, gathered } = await asked('When did I last swim?', library);
    expect(text).toContain('**30 October 2026**');
    expect(gathered.steps).toContainEqual(expect.objectContaining({ kind: 'latest', looking: 'swim' }));
    expect((await asked('How often did I go swimming in 2026?', library)).text).toMatch(/\*\*15\d days\*\*/u);
  });

  // Bug: Stop throws away what was found.
  it('keeps what it has when it is stopped', async () => {
    const stop = new AbortController();
    let searches = 0;
    const library: Library = {
      ...opened.library,
      find: (query, signal) => {
        searches += 1;
        if (searches === 2) stop.abort();
        signal.throwIfAborted();
        return opened.library.find(query, signal);
      },
    };
    const { gathered, text } = await research('Compare the Linden Street flat and the Harbour flat.', { library, now: today }, stop.signal);
    expect(gathered).toMatchObject({ end: 'stopped', steps: [{ looking: 'Linden Street flat' }] });
    expect(text).toMatch(/tram runs under/u);
    expect(text).toContain('**Stopped** before it had looked everywhere.');
  });

  it('ends at its limits, and says that there may be more', async () => {
    const { gathered, text } = await research('Summarise everything about Project Heron', { library: opened.library, now: today, limits: { rounds: 4, passages: 1, ms: 6_000 } });
    expect(gathered.end).toBe('limit');
    expect(text).toContain('There may be more');
  });
});

describe('orders in notes', () => {
  // Bug: a note's words become markup of ours, a citation of its own, or a value.
  it('are quoted as words and nothing else', async () => {
    const { text } = await asked('Summarise everything about the shed');
    expect(text).toContain('reads like an order to the assistant; it is only quoted');
    expect(text).not.toMatch(/!\[|<script|(?<!\\)\[1\] SYSTEM/u);
    const { text: changed } = await asked('How did the shed budget change?');
    expect(changed.split('###')[1]).not.toContain('1 €.');
  });
});
