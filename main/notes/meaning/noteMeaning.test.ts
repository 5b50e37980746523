import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createScriptedEngine, type Script } from '../../engine/scripted.ts';
import type { Database } from '../../store/database.ts';
import { killedWhile, openedNotes, temporaryFolder } from '../../store/fixtures/testing.ts';
import { addNoteFolder, noteFolders } from '../../store/noteFolders.ts';
import { removeNote } from '../../store/notes.ts';
import { vectorTables } from '../../store/noteVectors.ts';
import { idleMachine } from '../fixtures/folder.ts';
import { tell } from '../fixtures/told.ts';
import type { Machine } from '../machine.ts';
import { createNoteMeaning, type NoteMeaning } from './noteMeaning.ts';

const signal = new AbortController().signal;
const patient = 5_000;
type Begun = { db: Database; engine: ReturnType<typeof createScriptedEngine>; meaning: NoteMeaning; vectors: string; tell(name: string, text: string): string };

function begin(folder: string, { script, db = openedNotes(folder), machine = idleMachine }: { script?: Script; db?: Database; machine?: Machine } = {}): Begun {
  const engine = createScriptedEngine(script);
  const vectors = join(folder, 'note-vectors');
  const meaning = createNoteMeaning({ db, folder: vectors, engine, log: () => undefined, machine });
  onTestFinished(() => meaning.dispose());
  const place = noteFolders(db)[0]?.id ?? addNoteFolder(db, { path: '/notes', kind: 'plain', at: 1 }).id;
  return { db, engine, meaning, vectors, tell: (name, text) => tell(db, place, { path: `${name}.md`, text }) };
}

function many(begun: Begun, count: number): void {
  for (let at = 0; at < count; at += 1) begun.tell(`note${at}`, `Something about subject${at} is said.`);
  begun.meaning.wake();
}

const near = async ({ db, meaning }: Begun, text: string) => {
  const asked = await meaning.ask(text, patient, signal);
  return asked && (await asked.near(3)).map(({ id }) => db.prepare('SELECT text FROM chunk WHERE id = ?').pluck().get(id));
};
const marks = (db: Database) => db.prepare('SELECT embedded_by AS name, count(*) AS count FROM chunk GROUP BY embedded_by').all() as { name: string | null; count: number }[];
const fileWith = (folder: string, vector: Float32Array) =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).some((entry) => entry.isFile() && readFileSync(join(entry.parentPath, entry.name)).includes(Buffer.from(vector.buffer)));

describe('the meaning of notes', () => {
  it('is known of every passage soon after its note was read', async () => {
    const begun = begin(temporaryFolder());
    many(begun, 70);
    await begun.meaning.settled();
    expect(begun.meaning.status()).toEqual({ embedded: 70, chunks: 70, meaning: 'ready', perSecond: expect.any(Number), why: null, working: false });
    expect((await near(begun, 'note5 Something about subject5 is said.'))![0]).toContain('subject5');
    begun.tell('late', 'The walrus arrived.');
    begun.meaning.wake();
    await begun.meaning.settled();
    const asked = (await begun.meaning.ask('late The walrus arrived.', patient, signal))!;
    const [{ id, distinction }] = (await asked.near(1)) as [{ id: string; distinction: number }];
    expect(distinction).toBeGreaterThan(4);
    expect(await asked.distinctions([id, 'gone'])).toEqual(new Map([[id, expect.closeTo(distinction, 3)]]));
    expect(await asked.near(5, new Set(['gone']))).toEqual([]);
  });

  it('is none, which is no error, while no embedder is loaded', async () => {
    const begun = begin(temporaryFolder(), { script: { loaded: { chat: true, embedder: false } } });
    many(begun, 3);
    await begun.meaning.settled();
    expect(begun.meaning.status()).toMatchObject({ meaning: 'none', embedded: 0, chunks: 3 });
    expect(await begun.meaning.ask('subject', patient, signal)).toBeNull();
  });

  // Bug: an afternoon on the battery, and the machine goes dark because thousands of passages are being embedded.
  it('of many passages waits for the mains and a quieter machine, but not of a few, and not when the owner wants it now', async () => {
    const machine = { battery: true, onBattery: () => Promise.resolve(machine.battery), takenByOthers: () => Promise.resolve(0) };
    const begun = begin(temporaryFolder(), { machine });
    many(begun, 20);
    await begun.meaning.settled();
    expect(begun.meaning.status()).toMatchObject({ embedded: 20, why: null });
    many(begun, 300);
    await begun.meaning.settled();
    expect(begun.meaning.status()).toMatchObject({ embedded: 20, chunks: 300, working: false, why: expect.stringMatching(/battery. The rest is read for its meaning when it is plugged in again\.$/u) as string });
    begun.meaning.insist();
    await begun.meaning.settled();
    expect(begun.meaning.status()).toMatchObject({ embedded: 300, why: null });
    many(begun, 600);
    await begun.meaning.settled();
    expect(begun.meaning.status()).toMatchObject({ embedded: 300, chunks: 600 });
  });

  it('is complete, with nothing twice and nothing of what has gone, after kill -9, while another embedder’s index is built, too', async () => {
    const folder = temporaryFolder();
    const child = join(import.meta.dirname, '../fixtures/embeddingChild.ts');
    for (const [embedder, afterMs] of [['one.gguf', 900], ['two.gguf', 700], ['two.gguf', 1_000], ['one.gguf', 500]] as const) await killedWhile([child, folder, embedder], afterMs);
    const begun = begin(folder);
    await begun.engine.loadEmbedder({ path: 'two.gguf', name: 'two' });
    begun.meaning.wake();
    await begun.meaning.settled();
    const { chunks, embedded } = begun.meaning.status();
    expect(chunks).toBeGreaterThan(20);
    expect(embedded).toBe(chunks);
    const [table, ...others] = vectorTables(begun.db);
    expect([others, readdirSync(begun.vectors), table!.whole]).toEqual([[], [table!.name], true]);
    const all = begun.db.prepare('SELECT id FROM chunk').pluck().all() as string[];
    const asked = (await begun.meaning.ask('Note says 2', patient, signal))!;
    expect((await asked.near(2 * chunks)).map(({ id }) => id).sort()).toEqual(all.sort());
  });

  // Bug: with another embedder, meaning is lost until everything is embedded anew, which can take hours.
  it('answers by the embedder before until the next one has read everything, and then by that one alone', async () => {
    const folder = temporaryFolder();
    // The embedder before understands what is asked; the next one takes every text for something else.
    const begun = begin(folder, { script: { embeddedAs: (text, path) => (path === 'next.gguf' ? `next ${text}` : text) } });
    const asked: (string | undefined)[] = [];
    const embed = begun.engine.embed;
    many(begun, 80);
    await begun.meaning.settled();
    const [former] = readdirSync(begun.vectors);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => { release = resolve; });
    begun.engine.embed = async (texts, stop, by) => {
      asked.push(by);
      // Chunks have a line for their title; the exam's texts have not.
      if (by === 'next.gguf' && texts[0]!.includes('\n')) await held;
      return embed(texts, stop, by);
    };
    await begun.engine.loadEmbedder({ path: 'next.gguf', name: 'Next' });
    begun.tell('new', 'Told while it was built.');
    begun.meaning.wake();
    await expect.poll(() => begun.meaning.status()).toMatchObject({ meaning: 'building', embedded: 0, chunks: 81 });
    asked.length = 0;
    expect((await near(begun, 'note5 Something about subject5 is said.'))![0]).toContain('subject5');
    expect(asked).toEqual(['scripted-embedder.gguf']);
    expect(readdirSync(begun.vectors)).toContain(former);
    release();
    await begun.meaning.settled();
    expect(begun.meaning.status()).toMatchObject({ meaning: 'ready', embedded: 81 });
    expect(readdirSync(begun.vectors)).not.toContain(former);
    asked.length = 0;
    expect((await near(begun, 'note5 Something about subject5 is said.'))![0]).toContain('subject5');
    expect(asked).toEqual(['next.gguf']);
  });

  it('of an embedder whose file is another now is not asked; the next one answers with what it has', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'first.gguf');
    writeFileSync(file, 'the weights');
    const begun = begin(folder);
    await begun.engine.loadEmbedder({ path: file, name: 'First' });
    many(begun, 70);
    await begun.meaning.settled();
    writeFileSync(file, 'other weights');
    await begun.engine.loadEmbedder({ path: 'next.gguf', name: 'Next' });
    await begun.meaning.settled();
    expect(vectorTables(begun.db).map(({ path }) => path)).toEqual(['next.gguf']);
    expect((await near(begun, 'note7 Something about subject7 is said.'))![0]).toContain('subject7');
  });

  it('leaves no byte of what was taken out, without an embedder either', async () => {
    const folder = temporaryFolder();
    const begun = begin(folder);
    many(begun, 30);
    await begun.meaning.settled();
    const [vector] = await begun.engine.embed(['note3\nSomething about subject3 is said.']);
    const holds = () => fileWith(begun.vectors, vector!);
    expect(holds()).toBe(true);
    await begun.meaning.dispose();
    const without = begin(folder, { db: begun.db, script: { loaded: { chat: true, embedder: false } } });
    removeNote(begun.db, begun.db.prepare(`SELECT id FROM note WHERE path = 'note3.md'`).pluck().get() as string);
    await without.meaning.eraseRemoved();
    expect(holds()).toBe(false);
    for (const id of begun.db.prepare('SELECT id FROM note').pluck().all() as string[]) removeNote(begun.db, id);
    await without.meaning.eraseRemoved();
    expect(() => readdirSync(begun.vectors)).toThrow('ENOENT');
    expect(begun.db.prepare('SELECT count(*) FROM chunk_removal').pluck().get()).toBe(0);
  });

  it('never keeps the vector of a passage that came under other headings while it was being embedded', async () => {
    const begun = begin(temporaryFolder());
    await begun.meaning.settled();
    begun.tell('moving', '# Before\nThe same words.');
    const embed = begun.engine.embed;
    begun.engine.embed = async (texts, stop, by) => {
      begun.engine.embed = embed;
      begun.tell('moving', '# After\nThe same words.');
      return embed(texts, stop, by);
    };
    begun.meaning.wake();
    await begun.meaning.settled();
    expect(marks(begun.db)).toEqual([{ name: expect.any(String), count: 1 }]);
    const [vector] = await begun.engine.embed(['moving › After\nThe same words.']);
    await begun.meaning.eraseRemoved();
    await begun.meaning.dispose();
    expect(fileWith(begun.vectors, vector!)).toBe(true);
  });

  it('is made anew when its folder was deleted', async () => {
    const folder = temporaryFolder();
    const first = begin(folder);
    many(first, 20);
    await first.meaning.settled();
    await first.meaning.dispose();
    rmSync(first.vectors, { recursive: true });
    const again = begin(folder, { db: first.db });
    await again.meaning.settled();
    expect(again.meaning.status()).toMatchObject({ embedded: 20, meaning: 'ready' });
    expect((await near(again, 'note7 Something about subject7 is said.'))![0]).toContain('subject7');
  });

  it('tells what lies near a note by its own vectors, the note itself left out', async () => {
    const begun = begin(temporaryFolder());
    for (const [name, text] of [['a', 'Bread needs flour, water, salt and time.'], ['b', 'Flour, water and salt: a bread takes time.'], ['c', 'Taxes are due in May.']] as const) begun.tell(name, text);
    begun.meaning.wake();
    await begun.meaning.settled();
    const idOf = (name: string) => begun.db.prepare('SELECT chunk.id FROM chunk JOIN note ON note.seq = note_seq WHERE title = ?').pluck().get(name) as string;
    const like = await begun.meaning.like([idOf('a')], 2);
    expect([...like.keys()]).not.toContain(idOf('a'));
    expect(like.get(idOf('b'))!).toBeGreaterThan(like.get(idOf('c'))! + 0.3);
  });
});
