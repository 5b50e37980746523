import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openAssistant, scripted, temporaryFolder } from './services/fixtures/assistant.ts';
import { rootFolder } from './services/fixtures/engines.ts';
import { killedWhile } from './store/fixtures/testing.ts';

/** `ENGRAM_KILL_ROUNDS=200` for the long run. */
const rounds = Number(process.env.ENGRAM_KILL_ROUNDS ?? 8);
const child = path.join(rootFolder, 'main/services/fixtures/talkingChild.ts');

/** What was acknowledged and is not there. */
async function missing(folder: string, acknowledged: string[]): Promise<string[]> {
  const { api } = await openAssistant(scripted(), { dataFolder: folder });
  const messages = new Map<string, string>();
  for (const { id } of await api.conversation.list({ archived: false })) {
    for (const message of (await api.conversation.open({ id })).messages) messages.set(message.id, message.status);
  }
  const isThere: Record<string, (id: string) => Promise<boolean>> = {
    conversation: (id) => api.conversation.open({ id }).then(() => true, () => false),
    question: async (id) => messages.get(id) === 'complete',
    answer: async (id) => messages.get(id) === 'complete',
    written: (id) => api.memory.get({ id }).then(() => true, () => false),
  };
  const found = await Promise.all(acknowledged.map(async (line) => (await isThere[line.split(' ')[0]!]?.(line.split(' ')[1]!)) ?? true));
  expect([...messages.values()]).not.toContain('growing');
  return acknowledged.filter((_, index) => !found[index]);
}

describe('killed without warning', () => {
  it(`loses nothing acknowledged in ${rounds} rounds of talking and remembering`, { timeout: 30_000 + rounds * 8_000 }, async () => {
    const folder = temporaryFolder();
    const acknowledged: string[] = [];
    for (let round = 0; round < rounds; round += 1) {
      // A busy machine takes longer to answer: it is given more time as long as it has not.
      const hasAnswered = acknowledged.some((line) => line.startsWith('answer'));
      acknowledged.push(...(await killedWhile([child, folder, 'scripted'], Math.random() * 500 * (hasAnswered ? 1 : round + 1))));
    }
    expect(acknowledged.filter((line) => line === 'ready')).toHaveLength(rounds);
    expect(acknowledged.filter((line) => line.startsWith('failure'))).toEqual([]);
    expect(acknowledged.some((line) => line.startsWith('answer'))).toBe(true);
    expect(await missing(folder, acknowledged)).toEqual([]);
  });

  it('goes on talking when the engine is killed again and again', { timeout: 90_000 }, async () => {
    const folder = temporaryFolder();
    const lines = await killedWhile([child, folder, 'real'], 20_000);
    const kills = lines.filter((line) => line === 'killed the engine').length;
    expect(kills).toBeGreaterThan(0);
    const afterLastKill = lines.slice(lines.lastIndexOf('killed the engine') + 1);
    expect(lines.slice(lines.indexOf('killed the engine')).filter((line) => line.startsWith('answer')).length, afterLastKill.join('\n')).toBeGreaterThan(0);
    expect(new Set(lines.filter((line) => line.startsWith('failed')))).toEqual(new Set(lines.includes('failed engine-stopped') ? ['failed engine-stopped'] : []));
    expect(await missing(folder, lines)).toEqual([]);
  });
});
