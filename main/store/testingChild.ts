/** A process to be killed by tests: does what its first argument says on the folder of its second, and tells as it goes. */
import { createBackups } from './backups.ts';
import { openDatabase } from './database.ts';
import { rememberMessage, writeMemory } from './memories.ts';
import { createStores } from './stores.ts';

const [, , task = '', folder = '', name = ''] = process.argv;

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Talks and remembers without end. `said <id>` is an acknowledgement: what it names must be there for ever. */
async function talk(): Promise<void> {
  const db = openDatabase(folder);
  const { conversations, messages } = createStores(db, { remember: rememberMessage });
  messages.settleInterrupted();
  say('ready');
  for (let count = 0; ; count += 1) {
    const conversation = conversations.create({ personaId: 'friendly' });
    say(`conversation ${conversation.id}`);
    const question = messages.append({ conversationId: conversation.id, role: 'user', text: `My number is n${count}x.` });
    say(`said ${question.id}`);
    const answer = messages.beginAnswer({ conversationId: conversation.id, parentId: question.id, personaId: 'friendly' });
    for (let pieces = 1; pieces < 5; pieces += 1) {
      messages.grow(answer.id, 'piece '.repeat(pieces));
      if (pieces % 2 === 0) await new Promise((next) => setImmediate(next));
    }
    messages.finish(answer.id, { text: `Noted: n${count}x.`, status: 'complete' });
    say(`said ${answer.id}`);
    say(`wrote ${writeMemory(db, { text: `Number n${count}x`, scope: 'shared', personaId: null, at: Date.now() }).id}`);
  }
}

async function restore(): Promise<void> {
  const db = openDatabase(folder);
  const backups = createBackups({ db, folder, kept: () => 3 });
  say('ready');
  for (;;) await backups.restore(name);
}

const tasks: Record<string, () => Promise<void>> = { talk, restore };
await tasks[task]?.();
